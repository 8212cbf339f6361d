import type { MemoryProfile } from '../memory.ts';
import type { ProcessorProfile } from '../processor.ts';
import { mix, unit } from '../random.ts';
import { type Comings, type ContainerTemplate, container, type Workload, workload } from '../workload.ts';

const services = [
	'accounts', 'adverts', 'billing', 'cart', 'catalogue', 'chat', 'content', 'delivery', 'email', 'events',
	'exports', 'feeds', 'images', 'inventory', 'locale', 'media', 'metering', 'offers', 'orders', 'pricing',
	'profiles', 'quotes', 'returns', 'reviews', 'routing', 'shipping', 'stock', 'tickets', 'tracking', 'wallet',
]; // biome-ignore format: a list of words
const roles = ['api', 'worker', 'cache', 'consumer', 'frontend', 'gateway', 'scheduler', 'store'];
const helpers = ['proxy', 'agent', 'exporter'];

function profileOf(key: number): { cpu: ProcessorProfile; memory: MemoryProfile; request: number; size: number } {
	// Most are small, a few are large.
	const request = Math.round(20 * 2 ** (unit(key, 1) * 5));
	const size = Math.round(32 * 2 ** (unit(key, 2) * unit(key, 3) * 6));
	return {
		request,
		size,
		cpu: {
			mean: request * (0.1 + 0.6 * unit(key, 4)),
			jitter: 0.4,
			wave: { depth: 0.4, period: 700 + 900 * unit(key, 5) },
		},
		memory: {
			anonymous: size * (0.4 + 0.4 * unit(key, 6)),
			breath: 0.05,
			inactiveFile: size * 0.2 * unit(key, 7),
			activeFile: size * 0.1 * unit(key, 8),
			mapped: 4 + size * 0.05,
		},
	};
}

function fleetContainer(key: number, name: string, image: string): ContainerTemplate {
	const { cpu, memory, request, size } = profileOf(key);
	const limited = mix(key, 9) % 4 !== 0;
	return container({
		name,
		image,
		requests: { cpu: request, memory: size },
		...(limited ? { limits: { cpu: request * 4, memory: size * 2 } } : {}),
		cpu,
		memory,
		port: 8080,
	});
}

/**
 * Ordinary workloads for a large cluster, without end: about six pods and two containers a pod each. One in a hundred
 * is replaced pod by pod every ten minutes.
 */
export function* fleet(seed: number, namespaces: number): Generator<Workload> {
	for (let index = 0; ; index++) {
		const key = mix(seed, index + 9001);
		const team = `team-${String((mix(key, 1) % namespaces) + 1).padStart(4, '0')}`;
		const name = `${services[mix(key, 2) % services.length]}-${roles[mix(key, 3) % roles.length]}-${index}`;
		const image = `registry.example.com/${team}/${name}:1.${mix(key, 4) % 60}.${mix(key, 5) % 9}`;
		const containers = [fleetContainer(mix(key, 6), 'app', image)];
		const extra = [0, 1, 1, 1, 2][mix(key, 7) % 5] ?? 0;
		for (let helper = 0; helper < extra; helper++) {
			const helperName = helpers[helper] ?? 'agent';
			const helperKey = mix(key, 70 + helper);
			containers.push(
				fleetContainer(helperKey, helperName, `registry.example.com/mesh/${helperName}:3.${mix(key, 8) % 9}.0`),
			);
		}
		const comings: Comings = index % 100 === 7 ? { kind: 'turnover', every: 600 } : { kind: 'stay' };
		yield workload({
			namespace: team,
			name,
			kind: mix(key, 9) % 8 === 0 ? 'StatefulSet' : 'Deployment',
			replicas: 1 + (mix(key, 10) % 11),
			containers,
			comings,
			age: 2 + 900 * unit(key, 11),
			bulk: namespaces > 20,
		});
	}
}
