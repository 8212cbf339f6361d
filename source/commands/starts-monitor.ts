import { type Flag, flags, kebabCase } from './flags.ts';

/** With one of these, something is printed, or lines come instead of a painted screen. */
const otherwise: readonly string[] = ['help', 'version', 'plain', 'serve'];

const commands: readonly string[] = ['monitor', 'demo'];

/**
 * Whether the arguments can only mean the monitor on a painted screen, told before the parser is loaded. `false` is no
 * verdict: the command line decides, a moment later. So is `true` where a value makes no sense, or a flag is not the
 * monitor's.
 */
export function startsMonitor(argv: readonly string[]): boolean {
	for (let index = 0; index < argv.length; index++) {
		const argument = argv[index] ?? '';
		if (argument.startsWith('-')) {
			const flag = flagOf(argument);
			if (flag === undefined) {
				return false;
			}
			// `--fault list` prints.
			const value = flag.isBare ? (argv[++index] ?? '') : '';
			if (value === 'list' || argument.endsWith('=list')) {
				return false;
			}
		} else if (index > 0 || !commands.includes(argument)) {
			return false;
		}
	}
	return true;
}

/** @returns whether its value is the next argument; undefined for a flag with which no monitor starts, or none at all */
function flagOf(argument: string): { isBare: boolean } | undefined {
	const [, dashes = '', name = '', glued = ''] = /^(--?)([\w-]+?)(=.*)?$/.exec(argument) ?? [];
	const isLong = dashes === '--';
	const found = Object.entries<Flag>(flags).find(([known, { aliases = [], shortFlag }]) =>
		isLong
			? [known, ...aliases].some((one) => kebabCase(one) === name || `no-${kebabCase(one)}` === name)
			: shortFlag === name.charAt(0),
	);
	if (found === undefined || otherwise.includes(found[0])) {
		return undefined;
	}
	const takesValue = found[1].type !== 'boolean';
	if (!isLong && name.length > 1 && !takesValue) {
		// Several switches in one: left to the parser.
		return undefined;
	}
	return { isBare: takesValue && glued === '' && (isLong || name.length === 1) };
}
