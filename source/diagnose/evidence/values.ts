/** What each probe reads out of its answer. One line adds one probe; its type stands in the file of its area. */
import type { AccessFacts, ConnectionFacts, DiscoveryFacts, GroupFacts, SamplesFacts, VersionFacts } from './api.ts';
import type { AutoscaledPod, AutoscalerFacts } from './autoscaling.ts';
import type { ClockFacts, CredentialFacts, SurroundingsFacts } from './credentials.ts';
import type { KubectlFacts } from './kubectl.ts';
import type { KubeletPortFacts } from './kubelet-port-facts.ts';
import type {
	ApiServiceFacts,
	AuthConfigMapFacts,
	DeploymentFacts,
	EndpointFacts,
	EventFacts,
	ListedPod,
	NetworkPolicyFacts,
	NodeFacts,
	PodFacts,
	PolicyFacts,
	ServiceFacts,
	SigningRequestFacts,
} from './objects.ts';
import type { AggregatedRoleFacts, ApiServerFlags, AwsAuthFacts } from './rights.ts';
import type { KubeletConfigFacts, KubeletFacts, LogFacts, ReadinessFacts } from './scraping.ts';
import type { DialFacts, HandshakeFacts, NameFacts } from './way.ts';

export interface ProbeValues {
	/** L1: the kubeconfig, and the credentials that it names. */
	kubeconfig: ConnectionFacts;
	/** L1–L3: what the user's entry presents. */
	credentials: CredentialFacts;
	/** L1, L4: the environment. */
	surroundings: SurroundingsFacts;
	/** L5 */
	kubectl: KubectlFacts;
	/** L2: the credentials could be made. */
	plugin: true;
	/** L6 */
	clock: ClockFacts;
	/** A1 */
	version: VersionFacts;
	/** N1, where no answer came. */
	dns: readonly NameFacts[];
	/** N2 */
	tcp: readonly DialFacts[];
	/** N3 */
	tls: HandshakeFacts;
	/** A2: the groups, and whether the server calls the metrics group current or stale. */
	discovery: DiscoveryFacts;
	/** A3: which versions the group has. */
	'metrics-group': GroupFacts;
	/** A12, of one node, where nothing is registered. */
	'first-node': readonly NodeFacts[];
	/** A3: the group version itself, with the aggregator's own words where it fails. */
	'metrics-version': readonly string[];
	/** A5 */
	access: AccessFacts;
	/** A16, where samples are forbidden. */
	'aggregated-role': AggregatedRoleFacts;
	/** A17 of EKS. */
	'aws-auth': AwsAuthFacts;
	/** A18 */
	'apiserver-flags': readonly ApiServerFlags[];
	/** A4 */
	'metrics-nodes': SamplesFacts;
	'metrics-pods': SamplesFacts;
	/** A12 */
	nodes: readonly NodeFacts[];
	pods: readonly ListedPod[];
	/** A6 */
	apiservice: ApiServiceFacts;
	/** A6, of all groups. */
	apiservices: readonly ApiServiceFacts[];
	/** A7, the one that the APIService names. */
	service: ServiceFacts;
	/** A7, those with `metrics-server` or `heapster` in their name, in any namespace. */
	heapster: readonly ServiceFacts[];
	services: readonly ServiceFacts[];
	/** A8 */
	endpoints: readonly EndpointFacts[];
	/** A9, behind the Service; or with metrics-server's image, where there is no Service. */
	'workload-pods': readonly PodFacts[];
	/** A10 */
	deployments: readonly DeploymentFacts[];
	events: readonly EventFacts[];
	/** A11 */
	log: readonly LogFacts[];
	'previous-log': readonly LogFacts[];
	/** A14 */
	readiness: ReadinessFacts;
	/** A16 */
	policy: PolicyFacts;
	/** A17 */
	'auth-configmap': AuthConfigMapFacts;
	/** A19 */
	'network-policies': readonly NetworkPolicyFacts[];
	/** A15 */
	'signing-requests': readonly SigningRequestFacts[];
	/** A13, of the nodes without samples. */
	kubelets: readonly KubeletFacts[];
	/** A13 */
	'kubelet-config': readonly KubeletConfigFacts[];
	/** Kubelets' ports from here, when asked. */
	'kubelet-ports': readonly KubeletPortFacts[];
	/** A20, the one that was asked about. */
	autoscaler: AutoscalerFacts;
	'autoscaled-pods': readonly AutoscaledPod[];
}

export type ProbeId = keyof ProbeValues;
