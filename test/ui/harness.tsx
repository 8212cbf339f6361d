/** Runs the whole screen in this process, on a terminal in memory. */
import { runScreen } from '../../source/ui/run.ts';
import type { Panes } from '../../source/ui/store.ts';
import { makeTheme } from '../../source/ui/theme.ts';
import { Emulator } from './emulator.ts';
import { FakeHost } from './fake-host.ts';
import { standInPanes } from './stand-in-panes.ts';
import { FakeInput, FakeOutput } from './streams.ts';

export interface Harness {
	host: FakeHost;
	screen: Emulator;
	output: FakeOutput;
	/** Everything on standard error. */
	errors: () => string;
	/** The exit code, once the screen has ended. */
	ended: Promise<number>;
	/** Types, and waits until the screen stands still. Returns the bytes that it took. */
	type(keys: string): Promise<number>;
	resize(columns: number, rows: number): Promise<void>;
	/** Waits until nothing has been written for a moment. */
	settle(): Promise<void>;
	/** Waits until the screen shows it. */
	until(condition: (screen: Emulator) => boolean, what?: string): Promise<void>;
	/** Quits and frees everything. */
	close(): Promise<number>;
}

interface Options {
	columns?: number;
	rows?: number;
	pods?: number;
	panes?: Panes;
	plain?: boolean;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts the screen and waits for its first frame. */
export async function startScreen(options: Options = {}): Promise<Harness> {
	const { columns = 80, rows = 24, pods = 100, panes = standInPanes, plain = false } = options;
	const screen = new Emulator(columns, rows);
	// A shell's cursor is seldom at the top.
	await screen.write('$ whytop\r\n'.repeat(rows));
	let taken = Promise.resolve();
	const output = new FakeOutput(columns, rows, (text) => {
		taken = screen.write(text);
	});
	const input = new FakeInput();
	const errors: string[] = [];
	const stderr = { write: (text: string) => errors.push(text) > 0 } as unknown as NodeJS.WritableStream;
	const host = new FakeHost(pods);
	const ended = runScreen({
		host,
		panes,
		plain,
		theme: makeTheme({ colour: '256', glyphs: 'unicode' }),
		stdout: output.asStream(),
		stdin: input.asStream(),
		stderr,
	});

	const settle = async () => {
		// One timer of the screen may set the next: several rounds without a byte, each as long as the longest of them.
		for (let quiet = 0; quiet < 3; ) {
			const before = output.bytes;
			await sleep(20);
			await taken;
			quiet = output.bytes === before ? quiet + 1 : 0;
		}
	};
	const until = async (condition: (screen: Emulator) => boolean, what = 'the screen') => {
		const deadline = Date.now() + 30_000;
		while (!condition(screen)) {
			if (Date.now() > deadline) {
				throw new Error(`waited in vain for ${what}; the screen shows:\n${screen.text()}`);
			}
			await sleep(5);
			await taken;
		}
	};
	const harness: Harness = {
		host,
		screen,
		output,
		errors: () => errors.join(''),
		ended,
		settle,
		until,
		async type(keys) {
			const before = output.bytes;
			input.write(keys);
			await settle();
			return output.bytes - before;
		},
		async resize(nextColumns, nextRows) {
			screen.resize(nextColumns, nextRows);
			output.resize(nextColumns, nextRows);
			await settle();
		},
		async close() {
			input.write('\u0003');
			const code = await ended;
			await taken;
			screen.dispose();
			input.destroy();
			return code;
		},
	};
	await settle();
	return harness;
}
