/** The API group metrics.k8s.io, the APIService that registers it, and the Service that this names. */
import type { Cause } from '../cause.ts';
import { groupCauses } from './api-group.ts';
import { apiServiceCauses } from './api-service.ts';
import { certificateCauses } from './api-service-certificate.ts';
import { oldKubectlCauses } from './old-kubectl.ts';
import { otherServerCauses } from './other-servers.ts';
import { serviceCauses } from './service.ts';

export const registrationCauses: readonly Cause[] = [
	...groupCauses,
	...oldKubectlCauses,
	...apiServiceCauses,
	...serviceCauses,
	...certificateCauses,
	...otherServerCauses,
];
