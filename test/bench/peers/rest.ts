/** What it costs when nobody types: a cluster that stands still, and one whose pods change. CPU of one core. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '../../../source/demo/options.ts';
import { memory } from '../support/process.ts';
import type { Session } from '../support/session.ts';
import type { Figures } from './figures.ts';

/** Watched for so long: two of whytop's polls fall into it, six of sofka's; ms. */
const watched = 30_000;
/** Until it is through with what it does only after a start, and after a change of pace; ms. */
const settling = 8000;

/** Pods that get a new version each second: 1 % of 150,000 a minute. */
export const changing = 25;

async function watch(session: Session): Promise<{ cpu: number; bytes: number }> {
	const before = { cpu: session.cpu(), bytes: session.bytes };
	await sleep(watched);
	return {
		cpu: ((session.cpu() - before.cpu) / watched) * 100_000,
		bytes: ((session.bytes - before.bytes) / watched) * 1000,
	};
}

/** Nothing changes in the cluster. */
export async function measureRest(session: Session, figures: Figures): Promise<void> {
	await session.rest(2000, settling);
	await sleep(settling);
	const { cpu, bytes } = await watch(session);
	figures.add('idle CPU|% of a core', cpu);
	figures.add('idle, to the terminal|bytes/s', bytes);
	figures.add('memory at rest|MiB', memory(session.pid).now);
	figures.add('memory at most|MiB', memory(session.pid).peak);
}

/** Pods change, sorted by CPU. */
export async function measureChurn(demo: Demo, session: Session, figures: Figures): Promise<void> {
	demo.pace({ changing, replacing: 0 });
	try {
		await sleep(settling / 2);
		const { cpu, bytes } = await watch(session);
		figures.add(`${changing} changed pods a second, sorted by CPU|% of a core`, cpu);
		figures.add(`${changing} changed pods a second, to the terminal|bytes/s`, bytes);
	} finally {
		demo.pace({ changing: 0, replacing: 0 });
	}
}
