import { objectField, objectsField, parseJson, textField, timeField } from '../../sources/json/fields.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { metadataOf } from './objects/metadata.ts';

/** A15: kubelets that wait for their serving certificate. Old requests are cleared away: none proves nothing. */
export const signingRequestsProbe: Probe<'signing-requests'> = {
	id: 'signing-requests',
	step: 'scraping',
	cost: 1,
	needs: 'list certificatesigningrequests in certificates.k8s.io (administrators)',
	timeLimit: 6_000,
	when: needsLookBehind,
	async ask(context) {
		const path = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
		const answer = await ask(context, path, ({ body }) =>
			[...objectsField(parseJson(body), 'items')].map((request) => {
				const spec = objectField(request, 'spec');
				const conditions = [...objectsField(objectField(request, 'status'), 'conditions')];
				return {
					name: textField(metadataOf(request), 'name'),
					signer: textField(spec, 'signerName'),
					requestor: textField(spec, 'username'),
					state: conditions.map((one) => textField(one, 'type')).at(-1) ?? 'Pending',
					createdAt: timeField(metadataOf(request), 'creationTimestamp'),
				};
			}),
		);
		return { ...answer, body: answer.status === 200 ? '' : answer.body };
	},
};
