/** What is typed after `:`. Words are those of k9s and kubectl. */
import type { ListName } from '../../monitor/messages.ts';
import { fuzzy } from './fuzzy.ts';

export type CommandLine =
	/** `namespace` is undefined if none was given, null for all. */
	| {
			command: 'list';
			list: ListName;
			namespace: string | null | undefined;
			filter: string | null;
			selector: string | null;
	  }
	| { command: 'namespace'; namespace: string | null }
	| { command: 'quit' }
	| { command: 'help' }
	| { command: 'nothing' }
	| { command: 'namespace-missing' }
	| { command: 'unknown'; text: string };

const lists: Readonly<Record<ListName, readonly string[]>> = {
	pods: ['pods', 'po', 'pod'],
	nodes: ['nodes', 'no', 'node'],
	containers: ['containers', 'co', 'container'],
	processes: ['processes', 'ps', 'proc'],
	diagnostics: ['diagnostics', 'di', 'diag'],
};

const listOf = new Map<string, ListName>(
	Object.entries(lists).flatMap(([list, words]) => words.map((word) => [word, list as ListName] as const)),
);

const namespaceWords = ['ns', 'namespace', 'namespaces'];
const quitWords = ['q', 'q!', 'quit', 'exit'];
const helpWords = ['help', 'h', '?'];

/** Namespaces that mean all of them, as in k9s and kubectl. */
const everyNamespaceWords = ['all', '*', '-A'];

function namespaceOf(word: string): string | null {
	return everyNamespaceWords.includes(word) ? null : word;
}

function parseList(list: ListName, words: readonly string[]): CommandLine {
	const filter = words.find((word) => word.startsWith('/'));
	const selector = words.find((word) => word.includes('=') && !word.startsWith('/'));
	const namespace = words.find((word) => word !== filter && word !== selector);
	return {
		command: 'list',
		list,
		namespace: namespace === undefined ? undefined : namespaceOf(namespace),
		filter: filter?.slice(1) ?? null,
		selector: selector ?? null,
	};
}

/**
 * Reads a command: `pods [NAMESPACE] [/FILTER] [LABEL=VALUE]` and the other lists likewise, `ns NAME`, `ns all`, `q`,
 * `help`, with the short names of kubectl.
 */
export function parseCommand(text: string): CommandLine {
	const [word = '', ...rest] = text.trim().split(/\s+/);
	const list = listOf.get(word);
	if (word === '') {
		return { command: 'nothing' };
	}
	if (list !== undefined) {
		return parseList(list, rest);
	}
	if (namespaceWords.includes(word)) {
		const name = rest[0];
		return name === undefined
			? { command: 'namespace-missing' }
			: { command: 'namespace', namespace: namespaceOf(name) };
	}
	if (quitWords.includes(word)) {
		return { command: 'quit' };
	}
	return helpWords.includes(word) ? { command: 'help' } : { command: 'unknown', text: text.trim() };
}

/** What the typed text could become. After `ns ` and the lists' names that is a namespace. */
export function commandChoices(text: string, namespaces: readonly string[]): readonly string[] {
	const match = /^\s*(\S+)\s+(\S*)$/.exec(text);
	if (match === null) {
		const words = [...Object.values(lists).map(([word = '']) => word), 'ns', 'help', 'quit'];
		return fuzzy(words, text);
	}
	const [, word = '', typed = ''] = match;
	if (!namespaceWords.includes(word) && !listOf.has(word)) {
		return [];
	}
	return fuzzy(['all', ...namespaces], typed).map((namespace) => `${word} ${namespace}`);
}
