/**
 * The first line of the screen, on the terminal before anything heavy is loaded: whoever starts a program sees at once
 * that it runs. The screen draws over it.
 */
import { exitCodes } from '../../exit-codes.ts';
import { listenForLeave } from './leave.ts';

const begin = '\x1b[?1049h\x1b[?25l\x1b[H';
const giveBack = '\x1b[?1049l\x1b[?25h';

export interface FirstLine {
	/** The screen has taken over: it gives the terminal back from now on. */
	handOver(): void;
	/** The screen does not come: the terminal is given back. Does nothing once it was handed over. */
	close(): void;
}

/** @param leave Ends the program; only tests need another. */
export function showFirstLine(
	stdout: Pick<NodeJS.WriteStream, 'write'>,
	text: string,
	leave: (code: number) => void = (code) => process.exit(code),
): FirstLine {
	let isOurs = true;
	const handOver = () => {
		isOurs = false;
		stopListening();
	};
	const close = () => {
		if (isOurs) {
			handOver();
			stdout.write(giveBack);
		}
	};
	const stopListening = listenForLeave({
		onSignal(code) {
			close();
			leave(code);
		},
		onCrash(error) {
			close();
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
			leave(exitCodes.crashed);
		},
	});
	stdout.write(begin + text);
	return { handOver, close };
}
