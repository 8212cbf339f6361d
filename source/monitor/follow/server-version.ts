import type { KubeClient } from '../../kube/client.ts';
import { serverVersion } from '../../kube/discovery.ts';

/** The version of the API server: asked until it is known, one question at a time. */
export class ServerVersion {
	/** `v1.36.3`, '' until known. */
	text = '';
	readonly #client: KubeClient;
	readonly #changed: () => void;
	#isAsking = false;
	/** The poll after which it was asked last: asked again at most once a poll. */
	#askedIn = -1;

	constructor(client: KubeClient, changed: () => void) {
		this.#client = client;
		this.#changed = changed;
	}

	/** @param poll Number of the newest poll. */
	askOnceA(poll: number): void {
		if (this.text === '' && !this.#isAsking && poll !== this.#askedIn) {
			this.#askedIn = poll;
			void this.#ask();
		}
	}

	async #ask(): Promise<void> {
		this.#isAsking = true;
		try {
			this.text = await serverVersion(this.#client);
			this.#changed();
		} catch {
			// The lists say what is wrong with the connection; the version is asked again when they are well.
		} finally {
			this.#isAsking = false;
		}
	}
}
