/** How busy the machine is with other things than the measurement: what every table says beside its figures. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';
import { load, ticks } from './process.ts';

/** CPU-seconds that all processes and the kernel have taken since the machine started. */
function ofMachine(): number {
	const [, ...fields] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/ +/).map(Number);
	// Not idle, and not waiting for a disk; what guests took is counted as user time already.
	const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0, stolen = 0] = fields;
	return (user + nice + system + interrupts + softInterrupts + stolen) / ticks;
}

/** CPU-seconds of this process, of all that it started, and of those of them that have ended. */
function ofOurs(): number {
	const parents = new Map<number, { parent: number; seconds: number }>();
	for (const name of readdirSync('/proc')) {
		if (/^\d+$/.test(name)) {
			const stat = statOf(Number(name));
			if (stat !== null) {
				parents.set(Number(name), stat);
			}
		}
	}
	let seconds = 0;
	for (const [pid, stat] of parents) {
		let above = pid;
		while (above > 1 && above !== process.pid) {
			above = parents.get(above)?.parent ?? 0;
		}
		seconds += above === process.pid ? stat.seconds : 0;
	}
	return seconds;
}

function statOf(pid: number): { parent: number; seconds: number } | null {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = text
			.slice(text.lastIndexOf(')') + 2)
			.split(' ')
			.map(Number);
		const [, parent = 0] = fields;
		return { parent, seconds: fields.slice(11, 15).reduce((sum, value) => sum + value, 0) / ticks };
	} catch {
		return null;
	}
}

/** Tables that come so soon after another were measured together with it, s. */
const together = 2;

export class Busy {
	#at = performance.now();
	#machine = ofMachine();
	#ours = ofOurs();
	#load = load();
	#said = '';

	/** What happened since this was made or asked last, in words. */
	told(): string {
		const before = this.#load;
		const seconds = (performance.now() - this.#at) / 1000;
		if (this.#said !== '' && seconds < together) {
			return this.#said;
		}
		const others = Math.max(0, ofMachine() - this.#machine - (ofOurs() - this.#ours)) / seconds;
		this.#at = performance.now();
		this.#machine = ofMachine();
		this.#ours = ofOurs();
		this.#load = load();
		this.#said = `load ${before.toFixed(2)} before, ${this.#load.toFixed(2)} after; all else took ${others.toFixed(2)} of a core`;
		return this.#said;
	}
}
