import { networkInterfaces } from 'node:os';

/** How often is looked, and by how much the clock must have jumped meanwhile. ms. */
const period = 5000;
const jump = 10_000;

export type LossReason = 'slept' | 'address-gone';

export interface LostConnectionsOptions {
	/** Local addresses of the connections that are open. */
	localAddresses: () => readonly string[];
	onLoss: (reason: LossReason) => void;
	/** For tests; by default this machine's wall clock and interfaces. */
	now?: () => number;
	interfaceAddresses?: () => ReadonlySet<string>;
}

/**
 * Notices that open connections are dead without anybody having said so: the machine slept (the wall clock went on and
 * our timers did not), or the address that they went out from is gone (a VPN or Wi-Fi changed).
 */
export class LostConnections {
	readonly #options: LostConnectionsOptions;
	readonly #now: () => number;
	readonly #timer: NodeJS.Timeout;
	#lookedAt: number;
	/** Addresses of ours that an interface had at some time: only such a one can go. */
	#had: ReadonlySet<string> = new Set();

	constructor(options: LostConnectionsOptions) {
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#lookedAt = this.#now();
		this.#timer = setInterval(() => this.look(), period);
		this.#timer.unref();
	}

	/** One look; the timer does it. */
	look(): void {
		const now = this.#now();
		const slept = now - this.#lookedAt > period + jump;
		this.#lookedAt = now;
		if (slept) {
			this.#options.onLoss('slept');
			return;
		}
		const used = this.#options.localAddresses().map(plainAddress);
		const present = used.length > 0 ? (this.#options.interfaceAddresses ?? interfaceAddresses)() : new Set<string>();
		const gone = used.some((address) => this.#had.has(address) && !present.has(address));
		this.#had = new Set(used.filter((address) => present.has(address)));
		if (gone) {
			this.#options.onLoss('address-gone');
		}
	}

	close(): void {
		clearInterval(this.#timer);
	}
}

function interfaceAddresses(): Set<string> {
	const lists = Object.values(networkInterfaces());
	return new Set(lists.flatMap((list) => (list ?? []).map(({ address }) => plainAddress(address))));
}

/** Without the zone of a link-local address and the prefix of an IPv4 address in IPv6's clothes. */
function plainAddress(address: string): string {
	return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/, '');
}
