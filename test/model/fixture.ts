import { readFileSync } from 'node:fs';

/** A JSON fixture beside the tests; which type it has is the caller's knowledge. */
export function readFixture<Content>(name: string): Content {
	return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')) as Content;
}
