/**
 * Every probe, in the order in which a step asks them. To add one: its file in `probes/`, the type of what it reads in
 * `evidence/values.ts`, its line here, and what it asks in words in `messages/en/doctor/probes.ts`.
 */
import type { AnyProbe } from './probe.ts';
import { accessProbe } from './probes/access.ts';
import { aggregatedRoleProbe } from './probes/aggregated-role.ts';
import { apiServerFlagsProbe } from './probes/apiserver-flags.ts';
import { apiserviceProbe } from './probes/apiservice.ts';
import { authConfigMapProbe } from './probes/auth-configmap.ts';
import { autoscaledPodsProbe } from './probes/autoscaled-pods.ts';
import { autoscalerProbe } from './probes/autoscaler.ts';
import { awsAuthProbe } from './probes/aws-auth.ts';
import { clockProbe } from './probes/clock.ts';
import { credentialsProbe } from './probes/credentials.ts';
import { deploymentsProbe } from './probes/deployments.ts';
import { discoveryProbe } from './probes/discovery.ts';
import { dnsProbe } from './probes/dns.ts';
import { endpointsProbe } from './probes/endpoints.ts';
import { eventsProbe } from './probes/events.ts';
import { firstNodeProbe } from './probes/first-node.ts';
import { heapsterProbe } from './probes/heapster.ts';
import { kubeconfigProbe } from './probes/kubeconfig.ts';
import { kubectlProbe } from './probes/kubectl.ts';
import { kubeletConfigProbe } from './probes/kubelet-config.ts';
import { kubeletPortsProbe } from './probes/kubelet-ports.ts';
import { kubeletsProbe } from './probes/kubelets.ts';
import { logProbe, previousLogProbe } from './probes/log.ts';
import { metricsGroupProbe } from './probes/metrics-group.ts';
import { metricsNodesProbe } from './probes/metrics-nodes.ts';
import { metricsPodsProbe } from './probes/metrics-pods.ts';
import { metricsVersionProbe } from './probes/metrics-version.ts';
import { networkPoliciesProbe } from './probes/network-policies.ts';
import { nodesProbe } from './probes/nodes.ts';
import { pluginProbe } from './probes/plugin.ts';
import { podsProbe } from './probes/pods.ts';
import { policyProbe } from './probes/policy.ts';
import { readinessProbe } from './probes/readiness.ts';
import { serviceProbe } from './probes/service.ts';
import { servicesProbe } from './probes/services.ts';
import { signingRequestsProbe } from './probes/signing-requests.ts';
import { surroundingsProbe } from './probes/surroundings.ts';
import { tcpProbe } from './probes/tcp.ts';
import { tlsProbe } from './probes/tls.ts';
import { versionProbe } from './probes/version.ts';
import { workloadPodsProbe } from './probes/workload-pods.ts';

export const probes: readonly AnyProbe[] = [
	kubeconfigProbe,
	surroundingsProbe,
	credentialsProbe,
	pluginProbe,
	versionProbe,
	clockProbe,
	dnsProbe,
	tcpProbe,
	tlsProbe,
	metricsGroupProbe,
	firstNodeProbe,
	heapsterProbe,
	kubectlProbe,
	metricsVersionProbe,
	discoveryProbe,
	metricsNodesProbe,
	metricsPodsProbe,
	nodesProbe,
	podsProbe,
	autoscalerProbe,
	autoscaledPodsProbe,
	apiserviceProbe,
	accessProbe,
	aggregatedRoleProbe,
	awsAuthProbe,
	apiServerFlagsProbe,
	servicesProbe,
	serviceProbe,
	endpointsProbe,
	workloadPodsProbe,
	deploymentsProbe,
	eventsProbe,
	logProbe,
	previousLogProbe,
	readinessProbe,
	policyProbe,
	networkPoliciesProbe,
	authConfigMapProbe,
	signingRequestsProbe,
	kubeletsProbe,
	kubeletConfigProbe,
	kubeletPortsProbe,
];
