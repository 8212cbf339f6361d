/**
 * The kubelet's `GET /metrics/cadvisor`: every cgroup that the kubelet watches, with the make-up of its memory, its CPU
 * time and its throttling. Each sample has the time at which cAdvisor took it, since 1.17 or so.
 */

import { describeCgroup } from '../host/cgroup/describe.ts';
import { asked } from '../messages/en/kubelet.ts';
import { readPrometheus } from './kubelet-answer.ts';
import {
	cgroupSeries,
	cpuPeriodSeries,
	cpuQuotaSeries,
	cpuTimeSeries,
	kernelSeries,
	limitHitsSeries,
	machineSeries,
	scrapeErrorSeries,
	startTimeSeries,
	versionSeries,
	wantedSeries,
} from './kubelet-cadvisor/series.ts';
import { subjectOfRow } from './kubelet-cadvisor/subject.ts';
import { type Sample, samples } from './prometheus-text/parse.ts';
import { labelWord, nanoseconds } from './prometheus-text/values.ts';
import { ReadingList, type SourceAnswer, type SourceNote } from './subject-readings.ts';

/**
 * @param receivedAt when the answer came, by the server's clock: the time of samples that carry none
 * @throws Error with a sentence, if the answer is none of a kubelet or is damaged
 */
export function decodeKubeletCadvisor(body: Buffer, contentType: string, receivedAt: number): SourceAnswer {
	return readPrometheus(asked.cadvisor, body, contentType, (text) => {
		const reader = new CadvisorReader(receivedAt);
		for (const sample of samples(text, wantedSeries)) {
			reader.add(sample);
		}
		return reader.answer();
	});
}

/** One cgroup on the way to its readings. */
interface Row {
	readonly path: string;
	list: ReadingList;
	/** Sum over the CPUs, where they are told one by one; the time of the last one. */
	cpuTime: number;
	cpuAt: number;
	cpuQuota: number;
	cpuPeriod: number;
	kernel: Moment | null;
	limitHits: Moment | null;
}

interface Moment {
	value: number;
	at: number;
}

class CadvisorReader {
	readonly #receivedAt: number;
	readonly #rows = new Map<string, Row>();
	readonly #node = new ReadingList({ kind: 'node', name: '' }, 'kubelet-cadvisor');
	#kernelVersion = '';
	#failed = false;

	constructor(receivedAt: number) {
		this.#receivedAt = receivedAt;
	}

	add(sample: Sample): void {
		const { name, labels, value } = sample;
		const at = Number.isNaN(sample.timestamp) ? this.#receivedAt : sample.timestamp;
		const machine = machineSeries.get(name);
		if (machine !== undefined) {
			this.#node.add(machine, value, name, at);
		} else if (name === versionSeries) {
			this.#kernelVersion = labelWord(labels, 'kernelVersion');
		} else if (name === scrapeErrorSeries) {
			this.#failed ||= value !== 0;
		} else {
			this.#addToRow(this.#rowOf(sample), sample, at);
		}
	}

	#rowOf({ labels }: Sample): Row {
		const path = labels['id'] ?? '';
		// A path is one cgroup; the name parts what a runtime tells about it twice.
		const key = `${path}\n${labels['name'] ?? ''}`;
		let row = this.#rows.get(key);
		if (row === undefined) {
			const list = path === '/' ? this.#node : new ReadingList(subjectOfRow(labels), 'kubelet-cadvisor');
			row = { path, list, cpuTime: Number.NaN, cpuAt: 0, cpuQuota: 0, cpuPeriod: 0, kernel: null, limitHits: null };
			this.#rows.set(key, row);
		}
		return row;
	}

	#addToRow(row: Row, { name, value }: Sample, at: number): void {
		const known = cgroupSeries.get(name);
		if (known !== undefined) {
			if (known.quantity === 'memoryLimit' && row.path === '/') {
				// That is MemTotal, and no limit.
				return;
			}
			row.list.add(known.quantity, known.convert(value), name, at);
			return;
		}
		switch (name) {
			case cpuTimeSeries:
				row.cpuTime = (Number.isNaN(row.cpuTime) ? 0 : row.cpuTime) + nanoseconds(value);
				row.cpuAt = Math.max(row.cpuAt, at);
				break;
			case kernelSeries:
				row.kernel = { value, at };
				break;
			case limitHitsSeries:
				row.limitHits = { value, at };
				break;
			case cpuQuotaSeries:
				row.cpuQuota = value;
				break;
			case cpuPeriodSeries:
				row.cpuPeriod = value;
				break;
			case startTimeSeries:
				// Whole seconds; 0001-01-01 where cAdvisor does not know it.
				row.list.startedAt = value > 0 ? value * 1000 : Number.NaN;
				break;
			default:
		}
	}

	answer(): SourceAnswer {
		const rows = [...this.#rows.values()];
		namePods(rows);
		// Only cgroup v1 has counters of its own for these two; on v2 cAdvisor leaves them at zero.
		const kernelTold = rows.some(({ kernel }) => kernel !== null);
		const kernelMeasured = rows.some(({ kernel }) => kernel !== null && kernel.value > 0);
		const hitsTold = rows.some(({ limitHits }) => limitHits !== null);
		const hitsMeasured = kernelMeasured || rows.some(({ limitHits }) => limitHits !== null && limitHits.value > 0);
		for (const row of rows) {
			finish(row, kernelMeasured, hitsMeasured, this.#receivedAt);
		}
		const notes: SourceNote[] = [];
		if (kernelTold && !kernelMeasured) {
			notes.push('kernel-not-measured');
		}
		if (hitsTold && !hitsMeasured) {
			notes.push('limit-hits-not-measured');
		}
		if (this.#failed) {
			notes.push('scrape-error');
		}
		const lists = new Set([this.#node, ...rows.map(({ list }) => list)]);
		return {
			nodeName: '',
			subjects: [...lists].filter(({ readings }) => readings.length > 0),
			notes,
			cgroup: kernelMeasured || hitsMeasured ? 'v1' : kernelTold && rows.length > 1 ? 'v2' : '',
			kernel: this.#kernelVersion,
		};
	}
}

function finish(row: Row, kernelMeasured: boolean, hitsMeasured: boolean, receivedAt: number): void {
	const { list, kernel, limitHits, cpuQuota, cpuPeriod } = row;
	list.add('cpuTime', row.cpuTime, cpuTimeSeries, row.cpuAt);
	if (kernelMeasured && kernel !== null) {
		list.add('kernel', kernel.value, kernelSeries, kernel.at);
	}
	if (hitsMeasured && limitHits !== null) {
		list.add('limitHits', limitHits.value, limitHitsSeries, limitHits.at);
	}
	if (cpuQuota > 0 && cpuPeriod > 0) {
		list.add('cpuLimit', (cpuQuota / cpuPeriod) * 1e9, `${cpuQuotaSeries} ÷ ${cpuPeriodSeries}`, receivedAt);
	}
}

/** Names the pods whose rows do not (until 1.15) after the containers inside their cgroups. */
function namePods(rows: readonly Row[]): void {
	for (const row of rows) {
		const { subject } = row.list;
		if (subject.kind !== 'pod' || subject.name !== '') {
			continue;
		}
		const inside = rows.find(({ path, list }) => path.startsWith(`${row.path}/`) && list.subject.kind === 'container');
		if (inside?.list.subject.kind === 'container' && describeCgroup(inside.path).containerId !== '') {
			subject.namespace = inside.list.subject.namespace;
			subject.name = inside.list.subject.pod;
		}
	}
}
