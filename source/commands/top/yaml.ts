/**
 * YAML, in a module of its own that is imported only where YAML is asked for. (It must be this file that is imported
 * dynamically: the package is CommonJS, whose names a bundle does not give through `import()`.)
 */
import { stringify } from 'yaml';

/** A value as YAML, with its line end. Readers of YAML 1.1 are many: what they would take for a boolean or a time is quoted. */
export function yaml(value: unknown): string {
	return stringify(value, { version: '1.1', lineWidth: 0 });
}
