import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { meaningsOf } from '../../../source/commands/doctor/pasted.ts';

const refused = 'was refused - did you specify the right host or port?';
const unable = 'Unable to connect to the server:';
const notAvailable = 'error: Metrics API not available';
const absentOrBroken = [
	'api-group-absent',
	'apiservice-missing-endpoints',
	'kubelet-cert-no-ip-san',
	'ms-pod-not-listening',
];

/** Texts as they are printed, and causes that each can mean. */
const texts: readonly (readonly [text: string, ...ids: readonly string[]])[] = [
	// An empty answer.
	['error: metrics not available yet', 'ms-just-started', 'pod-too-young'],
	[
		'error: Metrics not available for pod default/p1, age: 2h0m0.001195749s',
		'only-completed-pods',
		'idle-container-zero-cpu',
	],
	['W1128 12:00:00.000000   12345 top_pod.go:265] Metrics not available for pod default/p1, age: 2h0m0s'],
	['Error from server (NotFound): podmetrics.metrics.k8s.io "default/p1" not found', 'pod-too-young'],
	['Error from server (NotFound): nodemetrics.metrics.k8s.io "n1" not found', 'kubelet-timeout'],
	['n2   <unknown>   <unknown>   <unknown>   <unknown>'],
	// What an HTTP status becomes.
	[notAvailable, ...absentOrBroken],
	['error: You must be logged in to the server (Unauthorized)', 'client-cert-expired', 'token-expired-or-revoked'],
	[
		'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
		'client-cert-expired',
		'token-expired-or-revoked',
		'credentials-wrong-cluster',
		'rancher-token-invalid',
	],
	[
		'Error from server (Forbidden): nodes.metrics.k8s.io is forbidden: User "jane" cannot list resource "nodes" in API group "metrics.k8s.io" at the cluster scope',
		'rbac-metrics-nodes',
	],
	[
		'Error from server (Forbidden): pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "default"',
		'rbac-metrics-pods-ns',
	],
	['Error from server (Forbidden): unknown', 'rbac-discovery-removed', 'anonymous-identity', 'impersonation-forbidden'],
	[
		'Error from server (NotFound): the server could not find the requested resource',
		'server-path-prefix',
		'rancher-no-path',
		'rancher-cluster-unknown',
	],
	[
		'Error from server (NotFound): the server could not find the requested resource (get nodes.metrics.k8s.io)',
		'apiservice-local-bogus',
	],
	['Error from server (BadRequest): the server rejected our request for an unknown reason', 'http-on-https'],
	[
		'Error from server (TooManyRequests): the server has received too many requests and has asked us to try again later',
		'api-throttled',
	],
	[
		'Error from server (ServiceUnavailable): the server is currently unable to handle the request (get nodes.metrics.k8s.io)',
		'apiservice-missing-endpoints',
	],
	[
		'Error from server (ServiceUnavailable): the server is currently unable to handle the request (get pods.metrics.k8s.io p1)',
		'apiservice-missing-endpoints',
	],
	[
		'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
		'api-front-503',
		'rancher-cluster-unavailable',
	],
	['Error from server (Timeout): Timeout: request did not complete within 1m0s', 'backend-hang'],
	[
		"error: couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string }",
		'server-is-web-page',
	],
	["error: invalid character '<' looking for beginning of value", 'server-is-web-page'],
	// The kubeconfig and credentials.
	[
		`The connection to the server localhost:8080 ${refused}`,
		'kubeconfig-absent',
		'kubeconfig-path-missing',
		'kubeconfig-no-current-context',
		'kubeconfig-cluster-missing',
	],
	['error: stat /x: no such file or directory', 'kubeconfig-path-missing'],
	[
		'error: error loading config file "bad.yaml": yaml: line 3: did not find expected node content',
		'kubeconfig-unparsable',
	],
	['Error in configuration: context was not found for specified context: nope', 'kubeconfig-context-missing'],
	['error: context "zzz" does not exist', 'kubeconfig-context-missing'],
	['Please enter Username: error: EOF', 'kubeconfig-user-missing', 'anonymous-identity'],
	[
		'error: unable to read certificate-authority X for c due to open X: no such file or directory',
		'kubeconfig-file-ref-missing',
	],
	[
		'Error in configuration: \n* unable to read client-cert X for u due to open X: no such file or directory',
		'kubeconfig-file-ref-missing',
	],
	['error: open /x.token: no such file or directory', 'kubeconfig-file-ref-missing'],
	['error: unable to load root certificates: unable to parse bytes as PEM block', 'kubeconfig-ca-garbage'],
	['error: specifying a root certificates file with the insecure flag is not allowed', 'kubeconfig-flag-conflict'],
	['error: host must be a URL or a host:port pair: "https://a:b:c"', 'kubeconfig-flag-conflict'],
	[`${unable} getting credentials: exec: executable aws-nope not found`, 'exec-plugin-not-found'],
	[`${unable} getting credentials: exec: executable /bin/false failed with exit code 1`, 'exec-plugin-failed'],
	[
		`${unable} getting credentials: decoding stdout: no kind "ExecCredential" is registered for version "client.authentication.k8s.io/v1alpha1" in scheme "pkg/client/auth/exec/exec.go:62"`,
		'exec-plugin-api-version',
	],
	['error: exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"', 'exec-plugin-api-version'],
	[
		'exec plugin is configured to use API version client.authentication.k8s.io/v1beta1, plugin returned version client.authentication.k8s.io/v1',
		'exec-plugin-api-version',
	],
	['error: The gcp auth plugin has been removed.', 'auth-provider-removed'],
	['error: The azure auth plugin has been removed.', 'auth-provider-removed'],
	[
		'Error from server (Forbidden): nodes is forbidden: User "system:anonymous" cannot list resource "nodes" in API group "" at the cluster scope',
		'anonymous-identity',
	],
	[
		'users "x" is forbidden: User "y" cannot impersonate resource "users" in API group "" at the cluster scope',
		'impersonation-forbidden',
	],
	[
		`${unable} tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:00Z is before 2026-11-01T00:00:00Z`,
		'clock-skew-client',
		'api-tls-expired',
	],
	// The way to the API server.
	[`${unable} dial tcp: lookup api.example on 10.0.0.2:53: no such host`, 'api-dns', 'rancher-ace-bypass'],
	[
		`The connection to the server 10.0.0.1:6443 ${refused}`,
		'api-refused',
		'local-proxy-refused',
		'oidc-refresh-failed',
	],
	[`${unable} dial tcp 10.0.0.1:6443: i/o timeout`, 'api-timeout'],
	[`${unable} context deadline exceeded`, 'api-timeout'],
	[`${unable} net/http: request canceled (Client.Timeout exceeded while awaiting headers)`, 'api-timeout'],
	[`${unable} net/http: TLS handshake timeout`, 'api-timeout'],
	[`${unable} read tcp 10.0.0.9:5->10.0.0.1:6443: read: connection reset by peer`, 'api-reset'],
	[
		'client rate limiter Wait returned an error: context deadline exceeded - error from a previous attempt: read tcp 10.0.0.9:5->10.0.0.1:6443: read: connection reset by peer',
		'api-reset',
	],
	[`${unable} EOF`, 'api-reset', 'http-on-https'],
	[`${unable} Forbidden`, 'local-proxy-denied'],
	[`${unable} Proxy Authentication Required`, 'local-proxy-denied'],
	[`${unable} proxyconnect tcp: dial tcp: lookup proxy: no such host`, 'local-proxy-denied'],
	[`${unable} x509: certificate signed by unknown authority`, 'api-tls-unknown-ca'],
	[
		`${unable} tls: failed to verify certificate: x509: certificate is valid for kubernetes, not api`,
		'api-tls-name-mismatch',
	],
	[
		`${unable} x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs`,
		'api-tls-name-mismatch',
	],
	[`${unable} x509: certificate relies on legacy Common Name field, use SANs instead`, 'api-tls-name-mismatch'],
	[
		`${unable} x509: certificate has expired or is not yet valid: current time 2026-11-28T12:00:00Z is after 2026-11-01T00:00:00Z`,
		'api-tls-expired',
	],
	[`${unable} http: server gave HTTP response to HTTPS client`, 'https-on-http'],
	['Client sent an HTTP request to an HTTPS server.', 'http-on-https'],
	['Waited for 1.2s due to client-side throttling, not priority and fairness', 'api-throttled'],
	// Rancher.
	[
		'Error from server (InternalError): an error on the server ("cluster agent disconnected") has prevented the request from succeeding',
		'rancher-agent-disconnected',
	],
	[
		'Error from server (InternalError): an error on the server ("failed to find Session for client c-m-1") has prevented the request from succeeding',
		'rancher-no-session',
	],
	['No cluster available', 'rancher-cluster-unknown'],
	['clusterID does not match: must authenticate', 'rancher-token-scope'],
	['unable to create impersonator account: forbidden', 'rancher-impersonation-failed'],
	// Authorization.
	[
		'Error from server (Forbidden): pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" at the cluster scope',
		'rbac-metrics-pods-cluster',
	],
	[
		'Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
		'rbac-core-nodes',
	],
	// The group and its APIService.
	[
		'Error from server (NotFound): the server could not find the requested resource (get services http:heapster:)',
		'heapster-only',
	],
	[
		'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
		'api-group-absent',
	],
	// Old clients, other servers, other consumers.
	['Error from server (NotFound): services "heapster" not found', 'heapster-missing-old-kubectl', 'kubectl-too-old'],
	['missing CPU for node "n05", skipping', 'apiservice-prometheus-adapter'],
	[
		'Error from server (InternalError): an error on the server ("Internal Server Error: \\"/apis/metrics.k8s.io/v1beta1/nodes\\": Post \\"https://10.96.0.1:443/apis/authorization.k8s.io/v1/subjectaccessreviews?timeout=10s\\": context deadline exceeded") has prevented the request from succeeding (get nodes.metrics.k8s.io)',
		'webhook-authorizer-slow',
	],
	[
		'Error: rendered manifests contain a resource that already exists. APIService "v1beta1.metrics.k8s.io" in namespace "" exists and cannot be imported into the current release: invalid ownership metadata',
		'apiservice-helm-ownership',
	],
	[
		'error: resource mapping not found for name: "v1beta1.metrics.k8s.io" namespace: "" from "components.yaml": no matches for kind "APIService" in version "apiregistration.k8s.io/v1beta1"',
		'apiregistration-v1beta1-removed',
	],
	[
		'Error scraping node metrics: the server could not find the requested resource (get nodes.metrics.k8s.io)',
		'dashboard-scraper',
	],
	['no metrics-server detected on cluster', 'k9s-na'],
	[
		'error: Error from server (BadRequest): "spec.nodeName" is not a known field selector: only "metadata.name", "metadata.namespace"',
		'selector-unsupported-field',
	],
];

describe('a text that people paste leads to what it can mean:', () => {
	for (const [text, ...ids] of texts) {
		test(text.replaceAll('\n', ' ').slice(0, 100), () => {
			const found = meaningsOf(text).meanings.map(({ id }) => id);
			assert.ok(found.length > 0, 'nothing known prints it');
			assert.deepEqual(
				ids.filter((id) => !found.includes(id)),
				[],
				`found: ${found.join(', ')}`,
			);
		});
	}
});
