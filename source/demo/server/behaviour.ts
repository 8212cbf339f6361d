import type { SampleFilter } from '../model/metrics-server.ts';
import type { Workload } from '../model/workload.ts';
import type { World } from '../model/world.ts';
import type { UserName } from './users.ts';

/** How the metrics API is there, or is not. */
export type MetricsApi =
	| 'served'
	/** Nothing was ever registered. */
	| 'absent'
	/** Registered; its Service has no ready endpoint, but discovery still lists it. */
	| 'unavailable'
	/** Registered; nothing answers behind it, and discovery marks it stale. */
	| 'stale'
	/** Registered and counted as available, but its certificate is not trusted. */
	| 'untrusted'
	/** It cannot ask the API server whether somebody may see metrics. */
	| 'no-delegation'
	/** It takes requests and never answers. */
	| 'hangs';

/** Everything that faults can change about the cluster. All times in ms. */
export interface Behaviour {
	/** Who the kubeconfig's own context is. */
	user: UserName;
	metricsApi: MetricsApi;
	/** The metrics API answers with empty lists. */
	metricsEmpty: boolean;
	/** Its samples stay those of the start. */
	metricsStopped: boolean;
	/** Makes a filter for the samples, once the world is known. */
	samples: ((world: World) => SampleFilter)[];
	workloads: Workload[];
	/** Each answer comes so late. */
	delay: number;
	/** The server is gone for so long once in each period; 0 for never. */
	outage: { period: number; length: number };
	/** A watch ends with 410 after so long, and lists expire as fast; 0 for never. */
	watchLife: number;
	/** Every so manieth request is turned away with 429; 0 for none. */
	throttled: number;
	/** All credentials are refused. */
	refused: boolean;
	/** Whatever is asked for in protobuf comes in JSON. */
	jsonOnly: boolean;
}

export function ordinaryBehaviour(): Behaviour {
	return {
		user: 'admin',
		metricsApi: 'served',
		metricsEmpty: false,
		metricsStopped: false,
		samples: [],
		workloads: [],
		delay: 0,
		outage: { period: 0, length: 0 },
		watchLife: 0,
		throttled: 0,
		refused: false,
		jsonOnly: false,
	};
}

/** One filter out of several: any of them may leave something out. */
export function joinFilters(filters: readonly SampleFilter[]): SampleFilter {
	return {
		node: (node) => filters.some((filter) => filter.node?.(node)),
		zero: (pod, container) => filters.some((filter) => filter.zero?.(pod, container)),
		skip: (pod, container) => filters.some((filter) => filter.skip?.(pod, container)),
		young: (pod) => filters.some((filter) => filter.young?.(pod)),
	};
}
