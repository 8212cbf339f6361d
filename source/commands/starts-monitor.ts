import { flagNamed } from './flags.ts';

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
			const named = flagNamed(argument);
			if (named === undefined || otherwise.includes(named.name)) {
				return false;
			}
			const value = named.flag.type === 'boolean' ? '' : (named.glued ?? argv[++index]);
			// `--fault list` prints.
			if (value === 'list') {
				return false;
			}
		} else if (index > 0 || !commands.includes(argument)) {
			return false;
		}
	}
	return true;
}
