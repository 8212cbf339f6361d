/** The API server does not accept the certificate of metrics-server. */
import { backendOf } from '../backend.ts';
import { type Cause, proved, ruledOut, undecided } from '../cause.ts';
import { answerOf, factsOf, seen } from '../evidence/evidence.ts';
import { triedInVain } from '../sights.ts';
import { brokenBackend } from '../symptom.ts';
import { condition, conditionIsFalse, ofApiService } from './api-service-condition.ts';

export const certificateCauses: readonly Cause[] = [
	...(
		[
			['apiservice-cabundle-wrong', /certificate signed by unknown authority/, true],
			['apiservice-cabundle-missing', /certificate signed by unknown authority/, false],
			['apiservice-cert-name', /certificate is (?:not )?valid for|any IP SANs|legacy Common Name/, null],
			['apiservice-cert-expired', /certificate has expired or is not yet valid/, null],
		] as const
	).map(
		([id, pattern, hasAuthority]): Cause => ({
			id,
			...ofApiService,
			explains: ['dial-failed', 'unavailable'],
			needs: ['metrics-version', 'apiservice'],
			rulesOut: ['ms-pod-not-listening', 'network-blocked-apiserver-to-ms'],
			symptoms: brokenBackend,
			judge(evidence) {
				const version = answerOf(evidence, 'metrics-version');
				const apiService = factsOf(evidence, 'apiservice');
				const tried = version.status === 503 && version.body.includes(triedInVain) && pattern.test(version.body);
				// Since 1.36 the condition itself says so.
				const checked =
					conditionIsFalse(evidence) &&
					apiService?.reason === 'FailedDiscoveryCheck' &&
					/x509/.test(apiService.message) &&
					pattern.test(apiService.message);
				if (!tried && !checked) {
					return conditionIsFalse(evidence) && apiService === null ? undecided('apiservice') : ruledOut;
				}
				if (hasAuthority !== null && apiService === null) {
					return undecided('apiservice');
				}
				// Whoever does not verify cannot fail at it: something else in between spoke TLS.
				return apiService?.skipsVerification === true ||
					(hasAuthority !== null && apiService?.hasAuthority !== hasAuthority)
					? ruledOut
					: proved(
							{
								apiservice: apiService?.name ?? 'v1beta1.metrics.k8s.io',
								namespace: backendOf(evidence)?.namespace ?? 'kube-system',
								service: backendOf(evidence)?.name ?? 'metrics-server',
							},
							[
								...(tried ? [seen(version)] : []),
								...(apiService === null
									? []
									: checked
										? [condition(evidence, apiService)]
										: [
												seen(
													answerOf(evidence, 'apiservice'),
													`caBundle ${apiService.hasAuthority ? 'is set' : 'is not set'}, insecureSkipTLSVerify: ${apiService.skipsVerification}; Available=${apiService.status}`,
												),
											]),
							],
						);
			},
		}),
	),
];
