import { cannotListen, cannotWriteKubeconfig, notWithinReach, unknownFault } from '../messages/en/demo.ts';
import { type Clock, makeClock } from './clock.ts';
import { openEntrance } from './entrance.ts';
import { DemoError } from './error.ts';
import { usualLog } from './faults/usual-log.ts';
import { findFault } from './faults.ts';
import { Machines } from './files/machines.ts';
import type { ApiObject } from './formats/json.ts';
import { authorityMaps } from './formats/policy.ts';
import { temporaryKubeconfig, writePrivately } from './kubeconfig.ts';
import { openKubeletPort } from './kubelet-port.ts';
import type { NodeModel } from './model/node.ts';
import type { Workload } from './model/workload.ts';
import { makeWorld } from './model/world.ts';
import { type Demo, type DemoMachine, type DemoOptions, defaultDemoOptions } from './options.ts';
import { answer } from './server/api.ts';
import { type Behaviour, joinFilters, ordinaryBehaviour } from './server/behaviour.ts';
import { Authority } from './server/certificate.ts';
import { type AggregatedService, Cluster } from './server/cluster.ts';
import type { Service } from './server/context.ts';
import type { Listener } from './server/listen.ts';
import { metricsResources, storedResources } from './server/resources.ts';

const most = { nodes: 5000, pods: 150_000 };

function readBehaviour(options: DemoOptions): Behaviour {
	for (const [what, value] of Object.entries({ nodes: options.nodes, pods: options.pods })) {
		const limit = most[what as keyof typeof most];
		if (!Number.isInteger(value) || value < 1 || value > limit)
			throw new DemoError(notWithinReach(`--${what}`, value, limit));
	}
	const behaviour = ordinaryBehaviour();
	for (const name of options.faults) {
		const fault = findFault(name);
		if (!fault) throw new DemoError(unknownFault(name));
		fault.change(behaviour);
	}
	behaviour.logs.unshift(usualLog(behaviour));
	return behaviour;
}

function makeService(options: DemoOptions, behaviour: Behaviour, clock: Clock): Service {
	const { metricsApi } = behaviour;
	const adapt = (workload: Workload): Workload => behaviour.adapt.reduce((changed, next) => next(changed), workload);
	const adaptNode = (node: NodeModel, nodes: readonly NodeModel[]): NodeModel =>
		behaviour.adaptNode.reduce((changed, next) => next(changed, nodes), node);
	const world = makeWorld({
		...options,
		nodes: Math.max(options.nodes, behaviour.leastNodes),
		origin: clock.now(),
		still: clock.frozen,
		extra: behaviour.workloads,
		adapt,
		adaptNode,
	});
	const memory = {
		history: behaviour.watchLife || (world.large ? 20 : 10) * 60_000,
		snapshots: behaviour.watchLife || (world.large ? 10 : 5) * 60_000,
		reuse: world.large ? 5 * 60_000 : 0,
	};
	const versions = metricsApi.registered ? (metricsApi.versions ?? options.metricsVersions) : [];
	const aggregated = versions.map((version): AggregatedService => {
		const { state } = metricsApi;
		return { group: 'metrics.k8s.io', version, service: 'metrics-server', state };
	});
	const cluster = new Cluster(world, clock.now(), aggregated, memory, {
		edit: (resource, object) =>
			behaviour.edits.reduce<ApiObject | null>((changed, next) => changed && next(resource, changed, world), object),
		extra: () => behaviour.extra.flatMap((make) => make(world)),
	});
	return {
		cluster,
		clock,
		behaviour,
		samples: joinFilters(behaviour.samples.map((make) => make(world))),
		options,
		resources: [...storedResources, ...versions.flatMap(metricsResources)].filter(
			({ group }) => !behaviour.withoutGroups.includes(group),
		),
		address: '',
		requests: 0,
	};
}

/** Lets time pass in the cluster even when nobody asks, so that watches hear of it. */
function keepTime({ cluster, clock }: Service): () => void {
	if (clock.frozen) return () => {};
	let timer: NodeJS.Timeout;
	const next = (): void => {
		const delay = Math.min(Math.max(cluster.nextChange - clock.now(), 5), 60_000);
		timer = setTimeout(() => {
			cluster.advance(clock.now());
			next();
		}, delay / clock.speed);
		timer.unref();
	};
	next();
	return () => clearTimeout(timer);
}

/** How often pods are touched, ms. */
const touchPeriod = 200;

/** Touches pods all the time. */
interface Touching {
	/** So many a second, all of them in turn; the clock may stand still meanwhile. */
	pace: Demo['pace'];
	stop(): void;
}

function keepTouching({ cluster, clock, options }: Service): Touching {
	const { slots } = cluster.world;
	const due = { change: 0, replace: 0 };
	let next = 0;
	let timer: NodeJS.Timeout | undefined;
	const stop = (): void => clearInterval(timer);
	const pace = ({ changing, replacing }: Pick<DemoOptions, 'changing' | 'replacing'>): void => {
		stop();
		if (changing + replacing <= 0) return;
		timer = setInterval(() => {
			due.change += (changing * touchPeriod) / 1000;
			due.replace += (replacing * touchPeriod) / 1000;
			for (const how of ['change', 'replace'] as const) {
				for (; due[how] >= 1; due[how]--) {
					for (const _ of slots) {
						// A stride without a common divisor goes through all of them, far from each other.
						next = (next + touchStride) % slots.length;
						const slot = slots[next];
						if (slot && cluster.touch(slot, clock.now(), how)) break;
					}
				}
			}
		}, touchPeriod);
		timer.unref();
	};
	pace(options);
	return { pace, stop };
}

/** A prime number. */
const touchStride = 7919;

/** Takes the server away for a while, again and again. */
function keepGoingAway({ behaviour: { outage } }: Service, listener: Listener): () => void {
	if (outage.period === 0) return () => {};
	let ended = false;
	let timer: NodeJS.Timeout;
	const leave = (): void => {
		void listener.goAway();
		timer = setTimeout(comeBack, outage.length);
	};
	const comeBack = (): void => {
		if (ended) return;
		void listener.comeBack().catch(() => {
			// The port is taken by somebody else for a moment: try again.
			timer = setTimeout(comeBack, 500);
		});
		timer = setTimeout(leave, outage.period - outage.length);
	};
	timer = setTimeout(leave, outage.period - outage.length);
	return () => {
		ended = true;
		clearTimeout(timer);
	};
}

/**
 * Serves a demo cluster in this process.
 * @throws DemoError if the options make no sense, the port is taken, or the kubeconfig or the files cannot be written
 */
export async function serveDemo(given: Partial<DemoOptions> = {}): Promise<Demo> {
	const options = { ...defaultDemoOptions, ...given };
	const behaviour = readBehaviour(options);
	const { reach } = behaviour;
	const authority = new Authority();
	const kubelet = reach.kubelet && (await openKubeletPort(reach.kubelet, authority));
	behaviour.extra.push((world) => authorityMaps(world, authority.certificate));
	const service = makeService(
		options,
		behaviour,
		makeClock(options.freezeClock, reach.clockBehind, options.clockSpeed),
	);
	const entrance = await openEntrance(
		reach,
		(request, response, upgrade) => void answer(service, request, response, upgrade),
		options,
		authority,
	).catch((error: unknown) => {
		throw new DemoError(cannotListen(options.port, error instanceof Error ? error.message : String(error)));
	});
	const { listener, url } = entrance;
	service.address = `127.0.0.1:${listener.port}`;
	const touching = keepTouching(service);
	const stops = [keepTime(service), touching.stop, keepGoingAway(service, listener)];
	const temporary = options.kubeconfig === undefined ? await temporaryKubeconfig() : undefined;
	const path = options.kubeconfig ?? temporary?.path ?? '';
	const kubeconfig = reach.withoutFile ? `${path}.gone` : path;
	const readable = new Machines(service, options.files);
	const close = async (): Promise<void> => {
		for (const stop of stops) stop();
		await readable.close();
		kubelet?.close();
		await entrance.close();
		await temporary?.remove();
	};
	try {
		if (!reach.withoutFile) await writePrivately(kubeconfig, entrance.kubeconfig(behaviour.user));
	} catch (error) {
		await close();
		throw new DemoError(cannotWriteKubeconfig(kubeconfig, error instanceof Error ? error.message : String(error)));
	}
	const machines: DemoMachine[] = [];
	if (options.files !== undefined) {
		try {
			for (const { name } of readable.examples) {
				const machine = await readable.open(name);
				if (machine) machines.push(machine);
			}
		} catch (error) {
			await close();
			throw error;
		}
	}
	return { kubeconfig, url, machines, machine: (node) => readable.open(node), pace: touching.pace, close };
}
