/** Runs the screen from its first frame until the terminal is given back. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instance } from 'ink';
import { withoutSecrets, writeCrashReport } from '../crash-report.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { crashed } from '../messages/en/screen.ts';
import type { Fatal, HostPort } from '../monitor/messages.ts';
import { layingOut } from './laying-out.ts';
import { type Panes, ScreenStore } from './store.ts';
import { clipboardSequence } from './terminal/clipboard.ts';
import { inputForInk } from './terminal/input.ts';
import { listenForLeave } from './terminal/leave.ts';
import { Meter } from './terminal/meter.ts';
import { TerminalOutput } from './terminal/output.ts';
import { Painter } from './terminal/painter.ts';
import { type SuspendTerminal, Suspension } from './terminal/suspend.ts';
import type { Theme } from './theme.ts';

export interface RunOptions {
	/** Where the rows come from. It is closed when the screen ends. */
	host: HostPort;
	/** The pure functions that draw: `panes/screen.ts`. */
	panes: Panes;
	theme: Theme;
	/** Ink draws the lines as text, for screen readers and for terminals that take no cursor addressing. */
	plain?: boolean;
	/** What whytop costs is shown from the start. */
	stats?: boolean;
	/** Called once, when all that belongs to the start has been done. */
	onStarted?: () => void;
	/** The terminal shows the alternate screen already, and on it the first line. */
	alternate?: boolean;
	stdout?: NodeJS.WriteStream;
	stdin?: NodeJS.ReadStream;
	stderr?: NodeJS.WritableStream;
}

/** How long the host may take to close its connections after the screen has ended, ms. */
const closing = 1000;

/** What the last words are made of. */
interface End {
	code: ExitCode;
	/** For standard error, after the terminal has been given back; '' for none. */
	message: string;
	/** The signal that it came by, if any. */
	signal?: NodeJS.Signals;
}

function sizeOf(stdout: NodeJS.WriteStream) {
	return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

function crashEnd(error: unknown): End {
	const message = withoutSecrets(error instanceof Error ? error.message : String(error));
	return { code: exitCodes.crashed, message: crashed(message, writeCrashReport(error)) };
}

/** Calls it with the first end only: a fault that comes again and again makes one report. */
function once(end: (end: End) => void): (makeEnd: () => End) => void {
	let isEnded = false;
	return (makeEnd) => {
		if (!isEnded) {
			isEnded = true;
			end(makeEnd());
		}
	};
}

function fatalEnd({ message, exitCode }: Fatal): End {
	const code = Object.values(exitCodes).find((known) => known === exitCode) ?? exitCodes.couldNotRun;
	return { code, message: message.endsWith('\n') ? message : `${message}\n` };
}

async function closeHost(host: HostPort): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, closing);
	});
	try {
		await Promise.race([host.close(), limit]);
	} catch {
		// It is going away anyway, and the screen has nothing to say about it any more.
	} finally {
		clearTimeout(timer);
	}
}

/** What is open while the screen is shown. */
interface Screen {
	/** Gives the terminal back. Returns whether it was the shell's when the end came. */
	close(): boolean;
}

function openScreen(options: RunOptions, end: (makeEnd: () => End) => void): Screen {
	const { alternate = false, host, panes, theme, plain = false } = options;
	const { stdin = process.stdin, stdout = process.stdout } = options;
	const leave = (code: ExitCode) => end(() => ({ code, message: '' }));
	const crash = (error: unknown) => end(() => crashEnd(error));
	const isRead = process.env['INK_SCREEN_READER'] === 'true';
	const isPainted = !plain && !isRead && stdout.isTTY === true;
	const output = new TerminalOutput(stdout, alternate);
	output.onLost = () => leave(exitCodes.hangup);
	const painter = isPainted ? new Painter(output) : null;
	let suspension: Suspension | undefined;
	const store = new ScreenStore({
		host,
		panes,
		theme,
		size: sizeOf(stdout),
		meter: new Meter(() => ({ frames: painter?.frames ?? Number.NaN, bytes: output.bytes })),
		isCostShown: options.stats === true,
		onLeave: (how) => (how === 'quit' ? leave(exitCodes.ok) : void suspension?.suspend().catch(crash)),
		onCopy: (text) => output.write(clipboardSequence(text, process.env['TMUX'] !== undefined)),
		onCrash: crash,
	});

	// Before Ink, which erases what does not fit any more, and after it, with the frame that does: once more when it is there.
	const forget = () => painter?.forget();
	const resize = () => store.resize(sizeOf(stdout));
	stdout.on('resize', forget);
	stdout.on('resize', resize);
	const lost = () => leave(exitCodes.hangup);
	if (stdin.isTTY) {
		stdin.on('end', lost);
		stdin.on('error', lost);
	}
	host.onMessage((message) => (message.type === 'fatal' ? end(() => fatalEnd(message)) : store.receive(message)));
	store.start();
	const input = inputForInk(stdin, () => output.stuck);
	const setRaw = (raw: boolean) => {
		if (stdin.isTTY) {
			input.setRawMode(raw);
		}
	};
	if (painter !== null) {
		const paint = () => painter.paint(store.view());
		// What is typed until Ink is there is not to be echoed into the frame.
		setRaw(true);
		paint();
		store.subscribe(paint);
	} else if (alternate) {
		// Ink draws on a screen that it takes to be empty.
		output.write('\x1b[H\x1b[2J');
	}
	const onReady = (suspendTerminal: SuspendTerminal) => {
		const handedOver = () => output.settled();
		if (suspension === undefined) {
			suspension = new Suspension({ suspendTerminal, handedOver, resumed: () => refreshSize(stdout) });
			options.onStarted?.();
		}
	};
	let isClosed = false;
	let instance: Instance | undefined;
	// Ink and React take as long to load as all the rest, and to draw for the first time: the first frame is there by then.
	const start = async () => {
		layingOut.isNeeded = !isPainted;
		const { startInk } = await import('./ink.tsx');
		await nextTurn();
		if (isClosed) {
			return;
		}
		const streams = { stdout: output.forInk, stdin: input, isScreenReaderEnabled: isRead };
		instance = startInk(streams, { store, isPainted, onReady });
		stdout.off('resize', resize);
		stdout.on('resize', resize);
		await instance.waitUntilExit();
	};
	start().then(() => leave(exitCodes.ok), crash);

	return {
		close() {
			const isAway = suspension?.isAway ?? false;
			store.end();
			suspension?.dispose();
			output.close();
			isClosed = true;
			setRaw(false);
			instance?.unmount();
			stdout.off('resize', forget);
			stdout.off('resize', resize);
			stdin.off('end', lost);
			stdin.off('error', lost);
			return isAway;
		},
	};
}

/**
 * Shows the screen until it is quit, killed or crashes, or the host says that it cannot go on. By then the terminal is
 * given back and the last words, if any, are on standard error.
 *
 * The caller ends the process with it: a terminal that has stopped reading gets its line mode back only then.
 *
 * @returns the exit code of the program: 0 when quit, the host's own when it gave up, 70 after a fault of ours, 129,
 * 130 and 143 after SIGHUP (or a lost terminal), SIGINT and SIGTERM.
 */
export async function runScreen(options: RunOptions): Promise<ExitCode> {
	const { host, stderr = process.stderr } = options;
	const { promise: ended, resolve } = Promise.withResolvers<End>();
	const end = once(resolve);
	const stopListening = listenForLeave({
		onSignal: (code, signal) => end(() => ({ code, message: '', signal })),
		onCrash: (error) => end(() => crashEnd(error)),
	});
	const screen = openScreen(options, end);
	const { code, message, signal } = await ended;
	const isAway = screen.close();
	if (message !== '') {
		stderr.write(message);
	}
	await closeHost(host);
	stopListening();
	if (isAway && signal !== undefined) {
		// Node sets the terminal's mode at exit, which stops a process in the background once more: end by the signal itself.
		process.removeAllListeners(signal);
		process.kill(process.pid, signal);
	}
	return code;
}

/** While we were stopped, nobody told us that the window changed. */
function refreshSize(stdout: NodeJS.WriteStream): void {
	(stdout as { _refreshSize?: () => void })._refreshSize?.();
}
