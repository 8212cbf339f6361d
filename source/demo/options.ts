/** What a demo cluster can be asked for. Everything has a default, see {@link defaultDemoOptions}. */
export interface DemoOptions {
	/** Decides every name, number and mishap: the same seed is the same cluster. */
	seed: number;
	/** Nodes, control plane and virtual node included. */
	nodes: number;
	/** Pods there are at the beginning; a few come and go. */
	pods: number;
	/** Stop the cluster's clock at a fixed instant: nothing changes any more, two runs answer byte for byte the same. */
	freezeClock: boolean;
	/** So many times faster than this machine's clock goes the cluster's: at 15, new samples come every second. */
	clockSpeed: number;
	/**
	 * Sets of samples that are made before they are due: of a large cluster each takes seconds, which a client that is
	 * measured would share the machine with. Whoever asks for all samples first waits for them.
	 */
	samplesAhead: number;
	/** Names of faults to switch on, as listed by `listFaults`. */
	faults: readonly string[];
	/** Where to write the kubeconfig; without it a new file in the temporary folder, removed on close. */
	kubeconfig: string | undefined;
	/** Port on loopback, 0 for any free one. */
	port: number;
	/** Serve plain http instead of https. */
	insecure: boolean;
	/** Pods that get a new version each second, on top of the cluster's own life. */
	changing: number;
	/** Pods that are deleted and made again each second. */
	replacing: number;
	/** Where to write the files of a machine of each cgroup version at once; without it they are made when asked for. */
	files: string | undefined;
	/** Versions of metrics.k8s.io that are served. metrics-server has only `v1beta1` until it follows Kubernetes 1.37. */
	metricsVersions: readonly MetricsVersion[];
}

export type MetricsVersion = 'v1beta1' | 'v1';

export const defaultDemoOptions: DemoOptions = {
	seed: 1,
	nodes: 12,
	pods: 140,
	freezeClock: false,
	clockSpeed: 1,
	samplesAhead: 0,
	faults: [],
	kubeconfig: undefined,
	port: 0,
	insecure: false,
	changing: 0,
	replacing: 0,
	files: undefined,
	metricsVersions: ['v1beta1'],
};

/** What can be read on the machine of a node. */
export interface DemoMachine {
	node: string;
	cgroupVersion: 1 | 2;
	/** The folder that its files begin in. */
	root: string;
	/** The socket of its Docker Engine, '' where none runs. */
	docker: string;
}

/** A demo cluster that answers. */
export interface Demo {
	/** Path of the kubeconfig file, readable by its owner only. */
	kubeconfig: string;
	url: string;
	/** The machines whose files were asked for from the start. */
	machines: readonly DemoMachine[];
	/**
	 * Makes the machine of a node readable and its files up to date, '' for any of its workers; undefined if there is none.
	 * @throws DemoError if its files cannot be written
	 */
	machine(node: string): Promise<DemoMachine | undefined>;
	/** From now on so many pods a second are changed and replaced. */
	pace(pods: Pick<DemoOptions, 'changing' | 'replacing'>): void;
	/** Stops answering and removes the kubeconfig if it was a temporary one. */
	close(): Promise<void>;
}
