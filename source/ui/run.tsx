/** Runs the screen from its first frame until the terminal is given back. */
import { render } from 'ink';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { crashed } from '../messages/en/screen.ts';
import type { Fatal, HostPort } from '../monitor/messages.ts';
import { App } from './app.tsx';
import { type Panes, ScreenStore } from './store.ts';
import { withoutSecrets, writeCrashReport } from '../crash-report.ts';
import { inputForInk } from './terminal/input.ts';
import { listenForLeave } from './terminal/leave.ts';
import { TerminalOutput } from './terminal/output.ts';
import { Painter } from './terminal/painter.ts';
import { Suspension } from './terminal/suspend.ts';
import type { Theme } from './theme.ts';

export interface RunOptions {
	/** Where the rows come from. It is closed when the screen ends. */
	host: HostPort;
	/** The pure functions that draw: `panes/screen.ts`. */
	panes: Panes;
	theme: Theme;
	/** Ink draws the lines as text, for screen readers and for terminals that take no cursor addressing. */
	plain?: boolean;
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
}

function sizeOf(stdout: NodeJS.WriteStream) {
	return { columns: stdout.columns || 80, rows: stdout.rows || 24 };
}

function crashEnd(error: unknown): End {
	const message = withoutSecrets(error instanceof Error ? error.message : String(error));
	return { code: exitCodes.crashed, message: crashed(message, writeCrashReport(error)) };
}

function fatalEnd({ message, exitCode }: Fatal): End {
	return { code: exitCode, message: message.endsWith('\n') ? message : `${message}\n` };
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

/**
 * Shows the screen until it is quit, killed or crashes, or the host says that it cannot go on. By then the terminal is
 * given back and the last words, if any, are on standard error.
 *
 * @returns the exit code of the program: 0 when quit, the host's own when it gave up, 70 after a fault of ours, 129,
 * 130 and 143 after SIGHUP (or a lost terminal), SIGINT and SIGTERM.
 */
export async function runScreen(options: RunOptions): Promise<ExitCode> {
	const {
		host,
		panes,
		theme,
		plain = false,
		stdout = process.stdout,
		stdin = process.stdin,
		stderr = process.stderr,
	} = options;
	const { promise: ended, resolve: end } = Promise.withResolvers<End>();
	const leave = (code: ExitCode) => end({ code, message: '' });
	const crash = (error: unknown) => end(crashEnd(error));

	const output = new TerminalOutput(stdout);
	output.onLost = () => leave(exitCodes.hangup);
	const isRead = process.env['INK_SCREEN_READER'] === 'true';
	const painter = plain || isRead || stdout.isTTY !== true ? null : new Painter(output);
	let suspension: Suspension | undefined;
	const store = new ScreenStore({
		host,
		panes,
		theme,
		size: sizeOf(stdout),
		onLeave: (how) => (how === 'quit' ? leave(exitCodes.ok) : void suspension?.suspend().catch(crash)),
		onCrash: crash,
	});

	// Before Ink, which erases what does not fit any more, and after it, with the frame that does.
	const forget = () => painter?.forget();
	const resize = () => store.dispatch({ type: 'resize', size: sizeOf(stdout) });
	stdout.on('resize', forget);
	const lost = () => leave(exitCodes.hangup);
	stdin.on('end', lost);
	stdin.on('error', lost);
	const stopListening = listenForLeave({ onSignal: leave, onCrash: crash });

	host.onMessage((message) => (message.type === 'fatal' ? end(fatalEnd(message)) : store.receive(message)));
	store.start();
	const app = (
		<App
			store={store}
			painter={painter}
			onReady={(suspendTerminal) => {
				suspension ??= new Suspension(suspendTerminal, () => refreshSize(stdout));
			}}
		/>
	);
	const instance = render(app, {
		stdout: output.forInk,
		stdin: inputForInk(stdin),
		alternateScreen: true,
		incrementalRendering: true,
		interactive: stdout.isTTY === true,
		isScreenReaderEnabled: isRead,
		maxFps: 240,
		patchConsole: false,
		exitOnCtrlC: false,
	});
	instance.waitUntilExit().then(() => leave(exitCodes.ok), crash);
	stdout.on('resize', resize);

	const { code, message } = await ended;
	store.end();
	suspension?.dispose();
	output.close();
	instance.unmount();
	stdout.off('resize', forget);
	stdout.off('resize', resize);
	stdin.off('end', lost);
	stdin.off('error', lost);
	if (message !== '') {
		stderr.write(message);
	}
	await closeHost(host);
	stopListening();
	return code;
}

/** While we were stopped, nobody told us that the window changed. */
function refreshSize(stdout: NodeJS.WriteStream): void {
	(stdout as { _refreshSize?: () => void })._refreshSize?.();
}
