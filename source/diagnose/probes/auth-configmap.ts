import { objectField, parseJson, textField } from '../../sources/json/fields.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** A17: by which authority metrics-server knows the API server. Only whether it is there is kept. */
export const authConfigMapProbe: Probe<'auth-configmap'> = {
	id: 'auth-configmap',
	step: 'scraping',
	cost: 1,
	needs:
		'get configmap extension-apiserver-authentication in kube-system (Role extension-apiserver-authentication-reader)',
	timeLimit: 6_000,
	when: needsLookBehind,
	async ask(context) {
		const path = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication';
		const answer = await ask(context, path, ({ body }) => {
			const data = objectField(parseJson(body), 'data');
			const clientAuthority = textField(data, 'client-ca-file');
			const requestHeaderAuthority = textField(data, 'requestheader-client-ca-file');
			const names: unknown = JSON.parse(textField(data, 'requestheader-allowed-names') || '[]');
			return {
				hasClientAuthority: clientAuthority !== '',
				hasRequestHeaderAuthority: requestHeaderAuthority !== '',
				sameAuthority: clientAuthority !== '' && clientAuthority === requestHeaderAuthority,
				allowedNames: Array.isArray(names) ? names.map(String) : [],
			};
		});
		return { ...answer, body: answer.status === 200 ? '' : answer.body };
	},
};
