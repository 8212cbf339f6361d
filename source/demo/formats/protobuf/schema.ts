/**
 * The messages of Kubernetes' protobuf that the demo writes (and the reviews that it reads), with the field numbers published in `generated.proto` of
 * k8s.io/api, k8s.io/apimachinery and k8s.io/metrics (0.36). Fields that it never sets are left out, unless Go writes
 * them even so: a plain field is always written, an `optional` one (a pointer in Go) only when it is set, and what is
 * `inline` lies one level higher in JSON.
 */
const definitions = `
message Pod {
	ObjectMeta metadata = 1; PodSpec spec = 2; PodStatus status = 3;
}
message Node {
	ObjectMeta metadata = 1; NodeSpec spec = 2; NodeStatus status = 3;
}
message Namespace {
	ObjectMeta metadata = 1; NamespaceSpec spec = 2; NamespaceStatus status = 3;
}
message PodMetrics {
	ObjectMeta metadata = 1; Time timestamp = 2; Duration window = 3; repeated ContainerMetrics containers = 4;
}
message NodeMetrics {
	ObjectMeta metadata = 1; Time timestamp = 2; Duration window = 3; map<Quantity> usage = 4;
}
message ObjectMeta {
	string name = 1; string generateName = 2; string namespace = 3; string selfLink = 4; string uid = 5;
	string resourceVersion = 6; int64 generation = 7; Time creationTimestamp = 8;
	optional Time deletionTimestamp = 9; optional int64 deletionGracePeriodSeconds = 10;
	map<string> labels = 11; map<string> annotations = 12; repeated OwnerReference ownerReferences = 13;
	repeated string finalizers = 14; repeated ManagedFieldsEntry managedFields = 17;
}
message PodSpec {
	repeated Volume volumes = 1; repeated Container containers = 2; string restartPolicy = 3;
	optional int64 terminationGracePeriodSeconds = 4; string dnsPolicy = 6; string serviceAccountName = 8;
	string serviceAccount = 9; string nodeName = 10; bool hostNetwork = 11; bool hostPID = 12;
	bool hostIPC = 13; optional PodSecurityContext securityContext = 14; string hostname = 16;
	string subdomain = 17; string schedulerName = 19; repeated Container initContainers = 20;
	repeated Toleration tolerations = 22; string priorityClassName = 24; optional int32 priority = 25;
	optional string runtimeClassName = 29; optional bool enableServiceLinks = 30;
	optional string preemptionPolicy = 31; map<Quantity> overhead = 32;
	optional ResourceRequirements resources = 40;
}
message PodStatus {
	string phase = 1; repeated PodCondition conditions = 2; string message = 3; string reason = 4;
	string hostIP = 5; string podIP = 6; optional Time startTime = 7;
	repeated ContainerStatus containerStatuses = 8; string qosClass = 9;
	repeated ContainerStatus initContainerStatuses = 10; string nominatedNodeName = 11;
	repeated PodIP podIPs = 12; string resize = 14; repeated HostIP hostIPs = 16; int64 observedGeneration = 17;
	map<Quantity> allocatedResources = 19; optional ResourceRequirements resources = 20;
}
message NodeSpec {
	string podCIDR = 1; string externalID = 2; string providerID = 3; bool unschedulable = 4;
	repeated Taint taints = 5; repeated string podCIDRs = 7;
}
message NodeStatus {
	map<Quantity> capacity = 1; map<Quantity> allocatable = 2; string phase = 3;
	repeated NodeCondition conditions = 4; repeated NodeAddress addresses = 5;
	NodeDaemonEndpoints daemonEndpoints = 6; NodeSystemInfo nodeInfo = 7; repeated ContainerImage images = 8;
}
message NamespaceSpec {
	repeated string finalizers = 1;
}
message NamespaceStatus {
	string phase = 1; repeated NamespaceCondition conditions = 2;
}
message ContainerMetrics {
	string name = 1; map<Quantity> usage = 2;
}
message OwnerReference {
	string kind = 1; string name = 3; string uid = 4; string apiVersion = 5; optional bool controller = 6;
	optional bool blockOwnerDeletion = 7;
}
message ManagedFieldsEntry {
	string manager = 1; string operation = 2; string apiVersion = 3; optional Time time = 4;
	string fieldsType = 6; optional FieldsV1 fieldsV1 = 7; string subresource = 8;
}
message Volume {
	string name = 1; inline VolumeSource volumeSource = 2;
}
message Container {
	string name = 1; string image = 2; repeated string command = 3; string workingDir = 5;
	repeated ContainerPort ports = 6; ResourceRequirements resources = 8; repeated VolumeMount volumeMounts = 9;
	string terminationMessagePath = 13; string imagePullPolicy = 14;
	optional SecurityContext securityContext = 15; bool stdin = 16; bool stdinOnce = 17; bool tty = 18;
	string terminationMessagePolicy = 20; optional string restartPolicy = 24;
}
message PodSecurityContext {
}
message Toleration {
	string key = 1; string operator = 2; string value = 3; string effect = 4;
	optional int64 tolerationSeconds = 5;
}
message ResourceRequirements {
	map<Quantity> limits = 1; map<Quantity> requests = 2;
}
message PodCondition {
	string type = 1; string status = 2; Time lastProbeTime = 3; Time lastTransitionTime = 4; string reason = 5;
	string message = 6; int64 observedGeneration = 7;
}
message ContainerStatus {
	string name = 1; ContainerState state = 2; ContainerState lastState = 3; bool ready = 4;
	int32 restartCount = 5; string image = 6; string imageID = 7; string containerID = 8;
	optional bool started = 9; map<Quantity> allocatedResources = 10;
	optional ResourceRequirements resources = 11;
}
message PodIP {
	string ip = 1;
}
message HostIP {
	string ip = 1;
}
message Taint {
	string key = 1; string value = 2; string effect = 3; optional Time timeAdded = 4;
}
message NodeCondition {
	string type = 1; string status = 2; Time lastHeartbeatTime = 3; Time lastTransitionTime = 4;
	string reason = 5; string message = 6;
}
message NodeAddress {
	string type = 1; string address = 2;
}
message NodeDaemonEndpoints {
	DaemonEndpoint kubeletEndpoint = 1;
}
message NodeSystemInfo {
	string machineID = 1; string systemUUID = 2; string bootID = 3; string kernelVersion = 4;
	string osImage = 5; string containerRuntimeVersion = 6; string kubeletVersion = 7;
	string kubeProxyVersion = 8; string operatingSystem = 9; string architecture = 10;
	optional NodeSwapStatus swap = 11;
}
message ContainerImage {
	repeated string names = 1; int64 sizeBytes = 2;
}
message NamespaceCondition {
	string type = 1; string status = 2; Time lastTransitionTime = 4; string reason = 5; string message = 6;
}
message VolumeSource {
	optional ProjectedVolumeSource projected = 26;
}
message ContainerPort {
	string name = 1; int32 hostPort = 2; int32 containerPort = 3; string protocol = 4; string hostIP = 5;
}
message VolumeMount {
	string name = 1; bool readOnly = 2; string mountPath = 3; string subPath = 4; string subPathExpr = 6;
}
message SecurityContext {
}
message ContainerState {
	optional ContainerStateWaiting waiting = 1; optional ContainerStateRunning running = 2;
	optional ContainerStateTerminated terminated = 3;
}
message DaemonEndpoint {
	int32 Port = 1;
}
message NodeSwapStatus {
	optional int64 capacity = 1;
}
message ProjectedVolumeSource {
	repeated VolumeProjection sources = 1; optional int32 defaultMode = 2;
}
message ContainerStateWaiting {
	string reason = 1; string message = 2;
}
message ContainerStateRunning {
	Time startedAt = 1;
}
message ContainerStateTerminated {
	int32 exitCode = 1; int32 signal = 2; string reason = 3; string message = 4; Time startedAt = 5;
	Time finishedAt = 6; string containerID = 7;
}
message DownwardAPIVolumeFile {
	string path = 1; optional ObjectFieldSelector fieldRef = 2;
}
message LocalObjectReference {
	string name = 1;
}
message KeyToPath {
	string key = 1; string path = 2;
}
message VolumeProjection {
	optional DownwardAPIProjection downwardAPI = 2; optional ConfigMapProjection configMap = 3;
	optional ServiceAccountTokenProjection serviceAccountToken = 4;
}
message ObjectFieldSelector {
	string apiVersion = 1; string fieldPath = 2;
}
message DownwardAPIProjection {
	repeated DownwardAPIVolumeFile items = 1;
}
message ConfigMapProjection {
	inline LocalObjectReference localObjectReference = 1; repeated KeyToPath items = 2;
}
message ServiceAccountTokenProjection {
	string audience = 1; optional int64 expirationSeconds = 2; string path = 3;
}
message Status {
	ListMeta metadata = 1; string status = 2; string message = 3; string reason = 4; optional StatusDetails details = 5;
	int32 code = 6;
}
message ListMeta {
	string selfLink = 1; string resourceVersion = 2; string continue = 3; optional int64 remainingItemCount = 4;
}
message StatusDetails {
	string name = 1; string group = 2; string kind = 3; repeated StatusCause causes = 4; int32 retryAfterSeconds = 5;
	string uid = 6;
}
message SelfSubjectAccessReview {
	ObjectMeta metadata = 1; SelfSubjectAccessReviewSpec spec = 2;
}
message SelfSubjectAccessReviewSpec {
	optional ResourceAttributes resourceAttributes = 1; optional NonResourceAttributes nonResourceAttributes = 2;
}
message ResourceAttributes {
	string namespace = 1; string verb = 2; string group = 3; string version = 4; string resource = 5;
	string subresource = 6; string name = 7;
}
message NonResourceAttributes {
	string path = 1; string verb = 2;
}
message SelfSubjectRulesReview {
	ObjectMeta metadata = 1; SelfSubjectRulesReviewSpec spec = 2;
}
message SelfSubjectRulesReviewSpec {
	string namespace = 1;
}
message SelfSubjectReview {
	ObjectMeta metadata = 1;
}
message StatusCause {
	string reason = 1; string message = 2; string field = 3;
}
`;

export type FieldMode = 'always' | 'optional' | 'repeated' | 'map' | 'inline';

export interface Field {
	number: number;
	name: string;
	/** A scalar, `Time`, `Duration`, `Quantity`, `FieldsV1`, or a message's name. */
	type: string;
	mode: FieldMode;
	/** The message that `type` names. */
	message: MessageType | undefined;
}

export interface MessageType {
	name: string;
	/** By number, highest first: messages are written from their end. */
	fields: readonly Field[];
}

function readDefinitions(): Map<string, MessageType> {
	const bodies = new Map<string, Field[]>();
	for (const [, name = '', body = ''] of definitions.matchAll(/message (\w+) \{\n([^}]*)\}/g)) {
		const fields: Field[] = [];
		for (const [, label, map, plain, fieldName = '', number] of body.matchAll(
			/(?:(optional|repeated|inline) )?(?:map<(\w+)>|(\w+)) (\w+) = (\d+);/g,
		)) {
			const mode = (map ? 'map' : (label ?? 'always')) as FieldMode;
			fields.push({ number: Number(number), name: fieldName, type: map ?? plain ?? '', mode, message: undefined });
		}
		bodies.set(name, fields.reverse());
	}
	const types = new Map<string, MessageType>();
	for (const [name, fields] of bodies) types.set(name, { name, fields });
	for (const fields of bodies.values()) for (const field of fields) field.message = types.get(field.type);
	return types;
}

let messages: Map<string, MessageType> | undefined;

/** The message of a kind, undefined if it cannot be written as protobuf here. */
export function messageType(kind: string): MessageType | undefined {
	messages ??= readDefinitions();
	return messages.get(kind);
}
