import type { ExitCode } from '../exit-codes.ts';
import { connect } from '../kube/connect.ts';
import { kubectlFlags } from '../kube/connection-flags.ts';
import { type CommandContext, UsageError } from './command.ts';
import { debugging } from './debugging.ts';
import { clusterFailure } from './failure.ts';
import { type TopRequest, top } from './top/top.ts';
import { withCluster } from './with-cluster.ts';

const resources: Readonly<Record<string, TopRequest['resource']>> = {
	node: 'nodes',
	nodes: 'nodes',
	no: 'nodes',
	pod: 'pods',
	pods: 'pods',
	po: 'pods',
	container: 'containers',
	containers: 'containers',
};

const outputs = ['table', 'wide', 'json', 'yaml', 'csv'] as const;

/** `whytop top`: what kubectl top prints, once. */
export async function topCommand(context: CommandContext): Promise<ExitCode> {
	const request = topRequest(context);
	return withCluster(context, async (connection) => {
		try {
			const client = await connect(connection, context.environment, debugging(context));
			try {
				return await top(request, client, { out: context.out, error: context.error });
			} finally {
				client.close();
			}
		} catch (error) {
			return clusterFailure(error, context);
		}
	});
}

/** @throws UsageError */
export function topRequest({ connection, program, strings, switches, words }: CommandContext): TopRequest {
	const [word, name, ...more] = words;
	const resource = resources[word ?? ''];
	if (resource === undefined) {
		throw new UsageError(
			`${program} top needs to know of what: nodes, pods or containers${word === undefined ? '' : `, and "${word}" is none of them`}`,
		);
	}
	if (more.length > 0) {
		throw new UsageError(`${program} top takes one name, and these are more: ${[name, ...more].join(' ')}`);
	}
	const output = outputs.find((known) => known === (strings['output'] ?? 'table'));
	if (output === undefined) {
		throw new UsageError(`--output is one of ${outputs.join(', ')}, and "${strings['output']}" is none of them`);
	}
	return {
		resource,
		kubectlFlags: kubectlFlags(connection),
		name: name ?? '',
		allNamespaces: switches['allNamespaces'] ?? false,
		namespace: strings['namespace'],
		labelSelector: strings['selector'] ?? '',
		fieldSelector: strings['fieldSelector'] ?? '',
		sortBy: strings['sortBy'] ?? '',
		containers: switches['containers'] ?? false,
		sum: switches['sum'] ?? false,
		headers: switches['headers'] ?? true,
		showCapacity: switches['showCapacity'] ?? false,
		showSwap: switches['showSwap'] ?? false,
		output,
	};
}
