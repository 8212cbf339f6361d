/** Writes the README's tables of keys and flags from the bindings and flags themselves. Usage: npm run readme */
import { readFileSync, writeFileSync } from 'node:fs';
import { readmeWithTables } from './readme-tables.ts';

const file = new URL('../README.md', import.meta.url);
writeFileSync(file, readmeWithTables(readFileSync(file, 'utf8')));
