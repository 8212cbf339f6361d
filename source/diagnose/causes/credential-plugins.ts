/** Programs and providers that make the credentials: they run on this machine, before anything is asked of the server. */
import type { Cause } from '../cause.ts';
import { connectionRefused, symptom } from '../symptom.ts';
import { onThisMachine } from './on-this-machine.ts';

const kubectl = 'kubectl, of every command';

export const credentialPluginCauses: readonly Cause[] = [
	onThisMachine(
		'exec-plugin-not-found',
		[
			symptom(
				kubectl,
				/getting credentials: exec: (?:executable \S+ not found|fork\/exec|"[^"]*": executable file not found)/,
				'Unable to connect to the server: getting credentials: exec: executable aws not found',
			),
		],
		['api-refused', 'exec-plugin-failed'],
	),
	onThisMachine(
		'exec-plugin-failed',
		[
			symptom(
				kubectl,
				/getting credentials: exec: executable .* failed with exit code \d+/,
				'Unable to connect to the server: getting credentials: exec: executable aws failed with exit code 255',
			),
			symptom(
				kubectl,
				/getting credentials: decoding stdout(?!: no kind)|exec plugin didn't return a (?:status|token or cert)/,
				"Unable to connect to the server: getting credentials: exec plugin didn't return a token or cert/key pair",
			),
		],
		['api-refused', 'exec-plugin-not-found'],
	),
	onThisMachine(
		'exec-plugin-api-version',
		[
			symptom(
				'kubectl 1.24 and newer',
				/exec plugin: invalid apiVersion/,
				'error: exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"',
			),
			symptom(
				'kubectl, of a program that answers in a version that is gone',
				/getting credentials: decoding stdout: no kind "ExecCredential" is registered for version/,
				'Unable to connect to the server: getting credentials: decoding stdout: no kind "ExecCredential" is registered for version "client.authentication.k8s.io/v1alpha1" in scheme "pkg/client/auth/exec/exec.go:62"',
			),
			symptom(
				kubectl,
				/exec plugin is configured to use API version \S+ plugin returned version/,
				'getting credentials: exec plugin is configured to use API version client.authentication.k8s.io/v1beta1, plugin returned version client.authentication.k8s.io/v1',
			),
		],
		['exec-plugin-failed'],
	),
	onThisMachine('auth-provider-removed', [
		symptom(
			'kubectl 1.26 and newer',
			/The (?:gcp|azure) auth plugin has been removed|no Auth Provider found for name/i,
			'error: The gcp auth plugin has been removed.\nPlease use the "gke-gcloud-auth-plugin" kubectl/client-go credential plugin instead.',
		),
	]),
	onThisMachine('oidc-refresh-failed', [
		{ ...connectionRefused, printedBy: 'kubectl, which names the API server although it was the issuer of the token' },
		symptom(
			kubectl,
			/failed to refresh token|No valid id-token, and cannot refresh without refresh-token/,
			'Unable to connect to the server: failed to refresh token: oauth2: "invalid_request"',
		),
	]),
];
