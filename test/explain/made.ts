/** Readings made from a few numbers, for tests. */
import {
	type Reading,
	type ReadingQuantity,
	Readings,
	type SourceId,
	type Versions,
} from '../../source/model/reading.ts';

export const noVersions: Versions = {
	cgroup: '',
	kubelet: '',
	runtime: '',
	docker: '',
	kernel: '',
	multiGenerationalLru: null,
};

export const v1: Versions = { ...noVersions, cgroup: 'v1' };
export const v2: Versions = { ...noVersions, cgroup: 'v2' };

export function reading(
	source: SourceId,
	quantity: ReadingQuantity,
	value: number,
	more: Partial<Reading> = {},
): Reading {
	return { quantity, value, source, field: `${source} ${quantity}`, at: 1_000_000, window: Number.NaN, ...more };
}

export function readings(bySource: Partial<Record<SourceId, Partial<Record<ReadingQuantity, number>>>>): Readings {
	return new Readings(
		Object.entries(bySource).flatMap(([source, quantities]) =>
			Object.entries(quantities).map(([quantity, value]) =>
				reading(source as SourceId, quantity as ReadingQuantity, value),
			),
		),
	);
}
