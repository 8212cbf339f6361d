/** Kubelets that answer metrics-server with an error, or with something that is no metrics. */
import { part, parts } from '../formats/table.ts';
import { editObjects, textAnswer } from './changes.ts';
import type { Fault } from './fault.ts';
import { editNode, type Scrape, scrapeFault, status } from './scrape.ts';
import { ofKubernetes } from './versions.ts';

const listError =
	'Internal Error: failed to list pod stats: rpc error: code = Unknown desc = failed to get container stats: context deadline exceeded';

const scrapes = {
	'kubelet-401': { failure: status('401 Unauthorized'), answer: textAnswer(401, 'Unauthorized') },
	// It lets the API server in by its certificate, and cannot ask it about a token.
	'kubelet-401-token-review-fails': { failure: status('401 Unauthorized') },
	'kubelet-403-metrics': {
		everywhere: true,
		failure: status('403 Forbidden'),
		more: (behaviour) =>
			editObjects(behaviour, 'clusterroles', (object) =>
				object.metadata.name === 'system:metrics-server'
					? {
							...object,
							rules: parts(object['rules']).map((rule) =>
								JSON.stringify(rule['resources']) === '["nodes/metrics"]'
									? { ...rule, resources: ['nodes/stats'] }
									: rule,
							),
						}
					: object,
			),
	},
	'kubelet-authz-webhook-error': {
		failure: status('500 Internal Server Error'),
		answer: textAnswer(
			500,
			'Authorization error (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource=metrics)',
		),
	},
	'kubelet-404-resource': {
		failure: status('404 Not Found'),
		answer: textAnswer(404, '404 page not found\n'),
		more: (behaviour) =>
			editNode(behaviour, (before) => ({
				...before,
				nodeInfo: { ...part(before['nodeInfo']), kubeletVersion: 'v1.17.17' },
			})),
	},
	'kubelet-parse-error': {
		failure: () => ({
			error: 'failed parsing metrics: expected a valid start token, got "<" ("INVALID") while parsing: "<"',
		}),
		answer: { status: 200, type: 'text/html', body: '<!doctype html><title>Welcome</title>' },
	},
	'kubelet-403-stats': {
		// The rights are of a newer manifest than the image.
		release: '0.5.2',
		everywhere: true,
		failure: status('403 Forbidden'),
	},
	'kubelet-403-anonymous': {
		// The last of those that write what the kubelet answered, and what they ask for is gone since 1.22.
		release: '0.3.6',
		failure: status('403 Forbidden', 'Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=stats)'),
		more: (behaviour) => ofKubernetes(behaviour, 'v1.21.14'),
	},
	'kubelet-500-stats': {
		release: '0.5.2',
		failure: status('500 Internal Server Error'),
		answer: textAnswer(500, listError),
		answerAt: 'stats/summary',
	},
} as const satisfies Record<string, Scrape>;

export const kubeletRefusalFaults: readonly Fault[] = (Object.keys(scrapes) as (keyof typeof scrapes)[]).map((name) =>
	scrapeFault(name, scrapes[name]),
);
