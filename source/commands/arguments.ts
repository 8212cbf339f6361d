/** From an argument list to typed flags: meow parses, this makes it speak kubectl. */
import meow from 'meow';
import { type Flag, flags, kebabCase, lacksValue } from './flags.ts';
import { didYouMean } from './nearest-names.ts';
import { plainArguments } from './plain-arguments.ts';

/** What the command line said; undefined where it said nothing. */
export interface ParsedFlags {
	strings: Partial<Record<string, string>>;
	numbers: Partial<Record<string, number>>;
	lists: Partial<Record<string, readonly string[]>>;
	switches: Partial<Record<string, boolean>>;
}

export interface ParsedArguments {
	/** Everything that is no flag: the command and its subjects. */
	words: readonly string[];
	flags: ParsedFlags;
	/** What is wrong, one sentence each. */
	errors: readonly string[];
}

/** The doctor's --kubelet is a switch, and explain's of the same name takes an address. */
function forDoctor(argv: readonly string[]): readonly string[] {
	// A namespace, say, can have the name of a command: which one is meant is known once the words are.
	return argv.includes('--kubelet') && argv.includes('doctor') && isOfDoctor(parse(plainArguments(argv).argv))
		? argv.map((one) => (one === '--kubelet' ? '--kubelet-ports' : one))
		: argv;
}

function isOfDoctor({ flags: given, input }: ReturnType<typeof parse>): boolean {
	return input[0] === 'doctor' || (input.length === 0 && given['kubelet'] === 'doctor');
}

function parse(argv: readonly string[]) {
	return meow({
		importMeta: import.meta,
		argv,
		autoHelp: false,
		autoVersion: false,
		description: false,
		// meow makes it the process's title, which also hides --token from who lists processes.
		pkg: { name: 'whytop' },
		booleanDefault: undefined,
		flags: Object.fromEntries(Object.entries<Flag>(flags).map(([name, flag]) => [name, parserFlag(flag)])),
	});
}

export function parseArguments(argv: readonly string[]): ParsedArguments {
	const plain = plainArguments(forDoctor(argv));
	const parsed = parse(plain.argv);
	const result: ParsedFlags = { strings: {}, numbers: {}, lists: {}, switches: {} };
	const errors = plain.errors;
	for (const [name, value] of Object.entries(parsed.flags)) {
		take(name, value, result, errors);
	}
	return { words: parsed.input.map(String), flags: result, errors };
}

function parserFlag({ aliases, isMultiple, shortFlag, type }: Flag) {
	return {
		type,
		...(aliases === undefined ? {} : { aliases }),
		...(shortFlag === undefined ? {} : { shortFlag }),
		...(isMultiple === true ? { isMultiple } : {}),
	};
}

function take(name: string, value: unknown, result: ParsedFlags, errors: string[]): void {
	const flag: Flag | undefined = Object.entries<Flag>(flags).find(([known]) => known === name)?.[1];
	if (flag === undefined) {
		const dashed = `${name.length === 1 ? '-' : '--'}${kebabCase(name)}`;
		const near = name.length === 1 ? '' : didYouMean(kebabCase(name), Object.keys(flags).map(kebabCase), '--');
		errors.push(`there is no flag ${dashed}${near === '' ? '' : `.${near}`}`);
	} else if (value === undefined) {
		return;
	} else if (Array.isArray(value)) {
		if (value.length > 0) {
			result.lists[name] = value.map(String);
		}
	} else if (typeof value === 'boolean' && flag.type === 'boolean') {
		result.switches[name] = value;
	} else if (flag.type === 'number' && typeof value === 'number' && Number.isFinite(value)) {
		result.numbers[name] = value;
	} else if (flag.type === 'string' && typeof value === 'string') {
		result.strings[name] = value;
	} else {
		errors.push(lacksValue(name, flag));
	}
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A time as kubectl writes it (`90s`, `1m30s`, `500ms`) or a bare number of seconds, in ms; NaN if it is neither. */
export function parseTime(text: string): number {
	if (/^\d+(\.\d+)?$/.test(text)) {
		return Number(text) * 1_000;
	}
	if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) {
		return Number.NaN;
	}
	return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
		(sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? Number.NaN),
		0,
	);
}
