/** kubectl's connection flags, under kubectl's names in camel case. Everything is optional: what is not set comes from the kubeconfig. */
export interface ConnectionFlags {
	kubeconfig?: string;
	context?: string;
	cluster?: string;
	user?: string;
	server?: string;
	token?: string;
	as?: string;
	asGroup?: readonly string[];
	asUid?: string;
	/** Milliseconds; 0 or undefined = none. */
	requestTimeout?: number;
	insecureSkipTlsVerify?: boolean;
	certificateAuthority?: string;
	tlsServerName?: string;
	namespace?: string;
}
