import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { SampleFilter } from '../model/metrics-server.ts';
import type { DemoOptions } from '../options.ts';
import type { Behaviour } from './behaviour.ts';
import type { Cluster } from './cluster.ts';
import type { ResourceType } from './resources.ts';
import type { User } from './users.ts';

/** What every request is answered from. */
export interface Service {
	cluster: Cluster;
	clock: Clock;
	behaviour: Behaviour;
	samples: SampleFilter;
	options: DemoOptions;
	/** All that can be asked for, the metrics resources included if they are registered. */
	resources: readonly ResourceType[];
	/** Host and port, for the addresses that the API tells about itself. */
	address: string;
	/** Counts requests. */
	requests: number;
}

/** One request and where its answer goes. */
export interface Exchange {
	service: Service;
	request: IncomingMessage;
	response: ServerResponse;
	url: URL;
	user: User;
	/** Of a request to speak another protocol: the connection, and what came after the request. */
	upgrade?: Upgrade;
}

export interface Upgrade {
	socket: Socket;
	head: Buffer;
}
