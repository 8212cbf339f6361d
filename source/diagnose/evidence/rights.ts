/** What is read of rights and flags where requests are refused, or slow. */

/** ClusterRole system:aggregated-metrics-reader: the roles that it is added to; none where it is not there. */
export interface AggregatedRoleFacts {
	exists: boolean;
	aggregatedTo: readonly string[];
}

/** EKS: the roles of its ConfigMap aws-auth that are given no user name. */
export interface AwsAuthFacts {
	/** Of all. */
	roles: number;
	withoutName: readonly string[];
}

/** Flags of an API server whose pod can be seen: `--authorization-mode=Node,RBAC`. Values only of those that are read. */
export interface ApiServerFlags {
	pod: string;
	authorizationModes: readonly string[];
	/** `--authorization-webhook-config-file` or an authorization configuration is named. */
	hasAuthorizationFile: boolean;
}
