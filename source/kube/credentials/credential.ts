/** What one request presents. Never logged, never shown. */
export interface Credential {
	/** Value of the Authorization header, '' = none. */
	readonly authorization: string;
	/** PEM of the client certificate (with its chain) and of its key, '' = none. */
	readonly certificate: string;
	readonly key: string;
}

export const noCredential: Credential = { authorization: '', certificate: '', key: '' };

/** Something that makes credentials and can make them anew. */
export interface CredentialSource {
	/** What to present now. The same object as before while nothing changed. */
	current(): Promise<Credential>;
	/**
	 * The server refused what `current` gave. True if there is something new that is worth one more request.
	 *
	 * @throws KubeError if making it anew failed
	 */
	renew(refused: Credential): Promise<boolean>;
	/** What is known about what was presented and may explain a refusal: whole sentences, no secrets. */
	facts(): readonly CredentialFact[];
	/** Ends what may still run. */
	close(): void;
}

export interface CredentialFact {
	sentence: string;
	/** Id of the cause that this fact proves, '' if it only helps. */
	id: string;
}

/** A source that never changes. */
export function fixedCredential(
	credential: Credential,
	facts: () => readonly CredentialFact[] = () => [],
): CredentialSource {
	return { current: async () => credential, renew: async () => false, facts, close: () => {} };
}

/** Several sources as one, for instance a client certificate and a token: the first that has a part gives it. */
export function combineCredentials(sources: readonly CredentialSource[]): CredentialSource {
	const [only] = sources;
	if (sources.length <= 1) {
		return only ?? fixedCredential(noCredential);
	}
	let last = noCredential;
	let parts: readonly Credential[] = [];
	return {
		async current() {
			parts = await Promise.all(sources.map((source) => source.current()));
			const authorization = parts.find((part) => part.authorization !== '')?.authorization ?? '';
			const { certificate, key } = parts.find((part) => part.certificate !== '') ?? noCredential;
			if (last.authorization !== authorization || last.certificate !== certificate || last.key !== key) {
				last = { authorization, certificate, key };
			}
			return last;
		},
		async renew(refused) {
			if (refused !== last) {
				return true;
			}
			const used = parts;
			const renewed = await Promise.all(sources.map((source, index) => source.renew(used[index] ?? noCredential)));
			return renewed.includes(true);
		},
		facts: () => sources.flatMap((source) => source.facts()),
		close: () => {
			for (const source of sources) {
				source.close();
			}
		},
	};
}
