/** What this machine shows of who we are, before anything is asked: dates and names, never a secret. */

/** ms since 1970; NaN for what is not said. */
export interface ValidTimes {
	from: number;
	until: number;
	/** Who issued it, '' if it does not say. */
	issuer: string;
}

export type CredentialKind = 'client-certificate' | 'token' | 'token-file' | 'password' | 'exec' | 'auth-provider';

export interface CredentialFacts {
	/** What is presented; nothing where the user's entry is empty: then we ask as nobody. */
	kinds: readonly CredentialKind[];
	certificate: ValidTimes | null;
	/** Of a JSON Web Token; null for a token that says nothing about itself. */
	token: ValidTimes | null;
	/** The program that makes the credentials. */
	plugin: PluginFacts | null;
	/** Files that the kubeconfig names and that cannot be read: `client-key /home/jane/key.pem`. */
	missingFiles: readonly string[];
	/** Who is to be impersonated, '' for nobody. */
	as: string;
}

export interface PluginFacts {
	command: string;
	apiVersion: string;
	/** Where PATH has it, '' if nowhere. */
	found: string;
}

export interface ClockFacts {
	/** ms by which this machine's clock is ahead of the server's. */
	ahead: number;
}

export interface SurroundingsFacts {
	/** The files that are looked for, in their order. */
	kubeconfigs: readonly { path: string; exists: boolean }[];
	namedBy: 'flag' | 'environment' | 'default';
	/** The flags by which kubectl means the same cluster and user, as a shell reads them; '' if it does so without. */
	kubectlFlags: string;
	/** Proxies of the environment, without their passwords. */
	proxies: readonly { variable: string; address: string }[];
	/** A pod's service account is here. */
	inCluster: boolean;
	/** Contexts whose cluster is behind Rancher, by their addresses. */
	behindRancher: readonly { context: string; server: string }[];
}
