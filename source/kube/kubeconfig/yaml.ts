/**
 * YAML for kubeconfigs. A module of its own because it is imported only where a file is not JSON: the parser is twice
 * the size of everything else here. (It must be this file that is imported dynamically: the package is CommonJS, whose
 * names a bundle does not give through `import()`.)
 */
import { parseDocument } from 'yaml';

export type YamlResult =
	| { value: unknown }
	/** The line, counted from 1 (0 = not known), and what is wrong there, without quoting it. */
	| { line: number; reason: string };

export function parseYaml(source: string): YamlResult {
	const document = parseDocument(source, { prettyErrors: true, logLevel: 'silent' });
	const [problem] = document.errors;
	if (problem) {
		// The message goes on with the line itself, which may hold a key or a token.
		return { line: problem.linePos?.[0].line ?? 0, reason: problem.message.split(/ at line \d|\n/)[0] ?? '' };
	}
	return { value: document.toJS() as unknown };
}
