import type { Demo } from '../demo/options.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { bridgePath, makeLedger } from '../explain/ledger.ts';
import { bridgeLines, reportLines } from '../explain/report.ts';
import { connectKubelet, type KubeletConnection } from '../gather/kubelet.ts';
import { gatherSubject, type Machine, NotFound } from '../gather/subject.ts';
import { DockerError } from '../host/docker/errors.ts';
import type { KubeClient } from '../kube/client.ts';
import { connect } from '../kube/connect.ts';
import { noProcesses } from '../messages/en/cadvisor.ts';
import { onlyContainers } from '../messages/en/exec.ts';
import { explainText } from '../messages/en/explain.ts';
import { bridgeTitles, toolHelp } from '../messages/en/ledger.ts';
import { subjectNotUnderstood } from '../messages/en/subject.ts';
import type { Ledger, ToolId } from '../model/ledger.ts';
import { parseSubject, type Subject, subjectKey } from '../model/subject.ts';
import { type CommandContext, UsageError } from './command.ts';
import { debugging } from './debugging.ts';
import { demoMachine } from './demo-machine.ts';
import { clusterFailure } from './failure.ts';
import { withCluster } from './with-cluster.ts';

const outputs = ['text', 'json', 'yaml'] as const;
type Output = (typeof outputs)[number];

/** `whytop explain`: every tool's number of one subject, and the way from one to the other. */
export async function explain(context: CommandContext): Promise<ExitCode> {
	if (context.switches['list'] === true) {
		context.out(list());
		return exitCodes.ok;
	}
	const output = outputOf(context);
	const tools = toolsOf(context);
	return withCluster(context, async (connection, demo) => {
		let client: KubeClient | undefined;
		const reach = async () => {
			client ??= await connect(connection, context.environment, debugging(context));
			return client;
		};
		try {
			const subject = await subjectOf(context, reach);
			const exec = context.switches['exec'] === true;
			if (exec && subject.kind !== 'container' && subject.kind !== 'pod') {
				throw new UsageError(onlyContainers);
			}
			const cadvisor = context.strings['cadvisor'] ?? '';
			if (cadvisor !== '' && subject.kind === 'process') {
				throw new UsageError(noProcesses);
			}
			const gathered = await gatherSubject(subject, {
				machine: (node) => machineOf(node, context, demo),
				connect: reach,
				kubelet: context.strings['kubelet'] ?? '',
				exec,
				cadvisor,
				connectKubelet: (url) => connectKubelet(connection, kubeletConnection(url, context), context.environment),
			});
			const { kind, notes = [], previous, problems, readings, versions } = gathered;
			const ledger = makeLedger(subjectKey(subject), kind, readings, versions, previous);
			return await write(ledger, { notes, problems }, tools, output, context);
		} catch (error) {
			return failure(error, context);
		} finally {
			client?.close();
		}
	});
}

/**
 * The machine whose files are read beside what a node's kubelet says: this one, whichever node it is. Of the embedded
 * cluster it is the node's own, as if whytop ran there.
 */
async function machineOf(
	node: string,
	{ environment, strings }: CommandContext,
	demo: Demo | undefined,
): Promise<Machine | undefined> {
	const root = strings['root'];
	if (demo === undefined || root !== undefined) {
		return { root: root ?? '/', environment };
	}
	return demoMachine(demo, node, environment);
}

/** A kubelet's certificate often has another authority than the API server's. */
function kubeletConnection(url: string, { strings }: CommandContext): KubeletConnection {
	const certificateAuthority = strings['kubeletCertificateAuthority'];
	return certificateAuthority === undefined ? { url } : { url, certificateAuthority };
}

/** A pod without a namespace is of the one that the kubeconfig names. */
async function subjectOf(context: CommandContext, reach: () => Promise<KubeClient>): Promise<Subject> {
	const [text = '', ...more] = context.words;
	if (text === '' || more.length > 0) {
		throw new UsageError(`${context.program} explain takes one subject; ${context.program} explain --list names them`);
	}
	const ofCluster = /^(?:po|pods?|containers?)\//.test(text);
	const namespace = context.strings['namespace'] ?? (ofCluster ? (await reach()).target.namespace : '');
	const subject = parseSubject(text, namespace);
	if (typeof subject === 'string') {
		throw new UsageError(subjectNotUnderstood(text, subject));
	}
	return subject;
}

function outputOf({ strings }: CommandContext): Output {
	const asked = strings['output'] ?? 'text';
	const output = outputs.find((known) => known === asked);
	if (output === undefined) {
		throw new UsageError(`--output of explain is one of ${outputs.join(', ')}, and "${asked}" is none of them`);
	}
	return output;
}

function isTool(text: string): text is ToolId {
	return Object.hasOwn(toolHelp, text);
}

function toolsOf({ strings }: CommandContext): readonly [from: ToolId, to: ToolId] | null {
	const { from, to } = strings;
	if (from === undefined && to === undefined) {
		return null;
	}
	if (from === undefined || to === undefined) {
		throw new UsageError(explainText.bothTools);
	}
	for (const tool of [from, to]) {
		if (!isTool(tool)) {
			throw new UsageError(explainText.unknownTool(tool, Object.keys(toolHelp)));
		}
	}
	return isTool(from) && isTool(to) ? [from, to] : null;
}

async function write(
	ledger: Ledger,
	{ notes, problems }: { notes: readonly string[]; problems: readonly string[] },
	tools: readonly [ToolId, ToolId] | null,
	output: Output,
	{ error, out }: CommandContext,
): Promise<ExitCode> {
	const path = tools === null ? null : (bridgePath(ledger, ...tools, 'memory') ?? bridgePath(ledger, ...tools, 'cpu'));
	if (path === undefined && tools !== null) {
		error(`${explainText.noWay(...tools)}\n`);
		return exitCodes.failed;
	}
	if (output === 'text') {
		const width = process.stdout.columns ?? 100;
		const lines =
			path == null ? reportLines(ledger, width) : path.flatMap((bridge) => [...bridgeLines(bridge, width), '']);
		const unread = problems.length === 0 ? [] : ['', explainText.notRead, ...problems.map((problem) => `  ${problem}`)];
		const noted = notes.length === 0 ? [] : ['', ...notes];
		out(`${[...lines, ...noted, ...unread].join('\n').trimEnd()}\n`);
		return exitCodes.ok;
	}
	const data = {
		apiVersion: 'whytop/v1',
		kind: 'Ledger',
		...(path == null ? ledger : { subject: ledger.subject, path }),
		problems,
		...(notes.length === 0 ? {} : { notes }),
	};
	// NaN is no JSON: what is not known is null.
	out(
		output === 'json'
			? `${JSON.stringify(data, null, 2)}\n`
			: (await import('./top/yaml.ts')).yaml(JSON.parse(JSON.stringify(data))),
	);
	return exitCodes.ok;
}

function failure(error: unknown, context: CommandContext): ExitCode {
	const { error: say } = context;
	if (error instanceof NotFound) {
		say(`error: ${error.message}\n`);
		return exitCodes.failed;
	}
	if (error instanceof DockerError) {
		say(`error: ${error.message}\n`);
		return error.kind === 'not-found' || error.kind === 'not-running' ? exitCodes.failed : exitCodes.couldNotRun;
	}
	return clusterFailure(error, context);
}

function list(): string {
	const columns = (rows: readonly (readonly [string, string])[]) => {
		const width = Math.max(...rows.map(([name]) => name.length));
		return rows.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`);
	};
	return `${[
		explainText.whatCanBeExplained,
		...columns(explainText.forms),
		'',
		explainText.tools,
		...columns(Object.entries(toolHelp)),
		'',
		explainText.bridges,
		...columns(Object.entries(bridgeTitles)),
	].join('\n')}\n`;
}
