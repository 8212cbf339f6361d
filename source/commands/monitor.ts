import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { needsTerminal } from '../messages/en/commands.ts';
import { starting } from '../messages/en/screen.ts';
import { startHost } from '../monitor/start.ts';
import { capabilities } from '../ui/terminal/capabilities.ts';
import { type FirstLine, showFirstLine } from '../ui/terminal/first-line.ts';
import { type CommandContext, UsageError } from './command.ts';
import { localOf, namespaceOf, timeOf } from './connection.ts';
import { demoMachine } from './demo-machine.ts';
import { withCluster } from './with-cluster.ts';

const shortestRefresh = 1_000;

/** The live monitor, the command that runs when none is named. */
export async function monitor(context: CommandContext): Promise<ExitCode> {
	if (context.words.length > 0) {
		throw new UsageError(`the monitor takes no arguments, and was given: ${context.words.join(' ')}`);
	}
	const refresh = refreshOf(context);
	const { local, root } = localOf(context);
	const isTerminal = process.stdout.isTTY === true && process.stdin.isTTY === true;
	if (!isTerminal || !capabilities(context.environment, isTerminal).interactive) {
		context.error(needsTerminal(context.program, isTerminal));
		return exitCodes.couldNotRun;
	}
	const plain = context.switches['plain'] === true;
	const first = plain ? null : (context.headStart?.line ?? showFirstLine(process.stdout, starting(context.program)));
	try {
		return await watch(context, { first, local, plain, refresh, root });
	} finally {
		first?.close();
	}
}

interface Watched {
	first: FirstLine | null;
	local: boolean;
	plain: boolean;
	refresh: number | undefined;
	root: string;
}

function watch(context: CommandContext, { first, local, plain, refresh, root }: Watched): Promise<ExitCode> {
	// The screen is loaded while the demo cluster, if asked for, comes up, and while the host connects.
	const loading = import('./screen.ts');
	return withCluster(context, async (connection, demo) => {
		const options = {
			connection,
			local,
			root,
			namespace: namespaceOf(context),
			labelSelector: context.strings['selector'] ?? '',
			fieldSelector: context.strings['fieldSelector'] ?? '',
			refresh,
			demo: context.switches['demo'] === true,
			debugFile: context.strings['debug'] ?? '',
		};
		const { environment } = context;
		const findMachine = demo && ((node: string) => demoMachine(demo, node, environment));
		const host = startHost(options, findMachine, context.headStart?.thread);
		const { showScreen } = await loading;
		first?.handOver();
		const stats = context.switches['stats'] === true;
		return showScreen(host, context.environment, { plain, stats, alternate: first !== null });
	});
}

/** @throws UsageError */
function refreshOf({ strings }: CommandContext): number | undefined {
	const text = strings['refresh'];
	const refresh = text === undefined ? undefined : timeOf('--refresh', text);
	if (refresh !== undefined && refresh < shortestRefresh) {
		throw new UsageError(`--refresh is at least 1s: ${text} would only load what is asked`);
	}
	return refresh;
}
