/** The API server itself: slow, gone, full, or with names in it that nobody expects. */
import type { Workload } from '../model/workload.ts';
import { container, workload } from '../model/workload.ts';
import type { Fault } from './fault.ts';

/** Names and texts that a terminal could take for orders, that are wider than they are long, or that combine. */
function hostile(name: string, image: string): Workload {
	return workload({
		namespace: 'web',
		name,
		kind: 'Deployment',
		age: 3,
		containers: [
			container({
				name: image,
				image: `registry.example.com/${image}:1`,
				cpu: { mean: 30 },
				memory: { anonymous: 30 },
				fate: { kind: 'no-image', message: `\u001b]0;owned\u0007\u001b[2J\u001b[31m${name}\r\n\u0000not found` },
			}),
		],
	});
}

export const serverFaults: readonly Fault[] = [
	{
		name: 'api-throttled',
		also: [],
		change(behaviour) {
			behaviour.throttled = 3;
		},
	},
	{
		name: 'json-only',
		change(behaviour) {
			behaviour.jsonOnly = true;
		},
	},
	{
		name: 'slow-api',
		also: [],
		change(behaviour) {
			behaviour.delay = 3000;
		},
	},
	{
		name: 'api-goes-away',
		change(behaviour) {
			behaviour.outage = { period: 40_000, length: 10_000 };
		},
	},
	{
		name: 'watch-expires',
		also: [],
		change(behaviour) {
			behaviour.watchLife = 3000;
		},
	},
	{
		name: 'hostile-names',
		also: [],
		change(behaviour) {
			behaviour.workloads.push(
				hostile('red-\u001b[31malert\u001b[0m', 'bell\u0007'),
				hostile('wide-数据库-テスト', '映像'),
				hostile('combining-e\u0301\u0308-\u200bzero\u202ewidth', '👩‍👩‍👧‍👦'),
			);
		},
	},
];
