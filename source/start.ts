/**
 * What runs first. Whoever starts the monitor sees within a blink that it runs, and the data host's thread starts beside
 * the command line, which takes longer to load than all of this. A bundle of its own, so small that it costs nothing.
 */
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { HeadStart } from './commands/head-start.ts';
import { startsMonitor } from './commands/starts-monitor.ts';
import { keepCompiledCode } from './engine/compile-cache.ts';
import { letHelpersGiveWay, steps } from './engine/helper-threads.ts';
import { starting } from './messages/en/screen.ts';
import { startThread } from './monitor/thread.ts';
import { programName } from './program-name.ts';
import { capabilities } from './ui/terminal/capabilities.ts';
import { showFirstLine } from './ui/terminal/first-line.ts';

/** Standard output by itself loads Node's streams first. */
const terminal = {
	write(text: string): boolean {
		try {
			return writeSync(1, text) === text.length;
		} catch {
			// A terminal that takes nothing just now: the screen comes all the same.
			return false;
		}
	},
};

const [, script, ...words] = process.argv;
const isTerminal = isatty(1) && isatty(0);
const headStart: HeadStart | null =
	startsMonitor(words) && capabilities(process.env, isTerminal).interactive
		? { line: showFirstLine(terminal, starting(programName(script))), thread: startThread() }
		: null;

if (headStart !== null) {
	// From here on both threads want a core, and the helpers compile for both.
	letHelpersGiveWay(steps.atStart);
	keepCompiledCode(process.env);
}
try {
	const { main } = await import('./cli.ts');
	await main(headStart);
} catch (error) {
	headStart?.line.close();
	throw error;
}
