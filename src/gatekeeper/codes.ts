import type { CodeEntry } from '../diagnostic/index.ts'

/** Gatekeeper's refusals of templates, constraints and requests, and verdicts that could not be reached. */
export const GATEKEEPER_CODES: Readonly<Record<`GG3${string}`, CodeEntry>> = {
  GG301: {
    title: 'not a ConstraintTemplate',
    explanation: 'A file that should hold a ConstraintTemplate (templates.gatekeeper.sh/v1, v1beta1 or v1alpha1) holds something else.',
    remedy: 'Correct the path, or the apiVersion and kind of the file.',
  },
  GG302: {
    title: 'a ConstraintTemplate that Gatekeeper refuses',
    explanation:
      'Gatekeeper does not load the template: its name is not the lower case of the kind that it defines, the kind is missing, it has not exactly one target, or a field has a type that Gatekeeper cannot decode.',
    remedy: 'Correct the field at the caret; metadata.name must be spec.crd.spec.names.kind in lower case.',
  },
  GG303: {
    title: 'a parameter schema that Kubernetes refuses',
    explanation: 'From the template\'s schema Gatekeeper makes a CustomResourceDefinition, whose schema must be structural: a type at every level, items for lists, no references.',
    remedy: 'Give the level at the caret a type; for the old laxness set spec.crd.spec.validation.legacySchema to true.',
  },
  GG304: {
    title: 'a parameter schema that is checked in part',
    explanation:
      'The schema uses a string format or x-kubernetes-validations, which graphgate does not check. A format is a warning; where a constraint or a default has a text of that format, and for x-kubernetes-validations always, it is an error: whether the cluster takes the constraint is unknown, so its tests are not run.',
    remedy: 'Use `pattern` or `enum` instead, or test this template with gator or on a cluster.',
  },
  GG305: {
    title: 'a template whose Rego does not decide',
    explanation:
      'The template has no Rego, or it has CEL (engine K8sNativeValidation), which Gatekeeper then runs instead of any Rego beside it. graphgate evaluates Rego, and does not call a template clean that it did not evaluate.',
    remedy: 'Write the rule in Rego alone (code[] with engine Rego), or test this template with gator.',
  },
  GG306: {
    title: 'a template that is not in the catalogue',
    explanation:
      'graphgate evaluates the templates of its own catalogue, compiled ahead. A template counts as one of them by the hash of its Rego and libraries, so an edited one does not. Nothing that was not evaluated counts as passed.',
    remedy: 'Use the template that `graphgate generate` writes, unchanged; test other templates with gator.',
  },
  GG307: {
    title: 'the compiled catalogue is missing or damaged',
    explanation: 'policies/manifest.json or policies/catalogue.wasm of this installation cannot be read, or the WASM is not the one that the manifest describes.',
    remedy: 'Install graphgate again; in a clone, run `npm run build:policies`.',
  },
  GG311: {
    title: 'not a constraint',
    explanation: 'A file that should hold a constraint (constraints.gatekeeper.sh/v1beta1 or v1alpha1) holds something else.',
    remedy: 'Correct the path, or the apiVersion of the file.',
  },
  GG312: {
    title: 'a constraint that does not fit its template',
    explanation: 'The constraint has no valid name, its kind is not the one that the template defines, or its metadata has a value of the wrong type.',
    remedy: 'Correct the field at the caret.',
  },
  GG313: {
    title: 'a constraint that its schema refuses',
    explanation: 'A field of the constraint has the wrong type or a value that is not allowed. The schema is Gatekeeper\'s for spec.match and enforcement, the template\'s for spec.parameters.',
    remedy: 'Correct the field at the caret.',
  },
  GG314: {
    title: 'a constraint with unknown fields',
    explanation: 'Gatekeeper and the API server refuse fields that the schema does not know; most often they are misspelt.',
    remedy: 'Correct or remove the field, or add it to the template\'s parameter schema.',
  },
  GG315: {
    title: 'a constraint with an invalid label selector',
    explanation: 'A key, value or operator of labelSelector or namespaceSelector is not one that Kubernetes knows.',
    remedy: 'Correct the selector; the operators are In, NotIn, Exists and DoesNotExist.',
  },
  GG316: {
    title: 'an enforcement action that does nothing or is unknown',
    explanation: 'enforcementAction is deny, warn, dryrun or scoped; `scoped` needs scopedEnforcementActions that say what happens at which enforcement point.',
    remedy: 'Correct the action, or list actions and points under spec.scopedEnforcementActions.',
  },
  GG321: {
    title: 'an invalid AdmissionReview',
    explanation: 'An AdmissionReview must be one that the API server could send: known fields of the right types, an object or oldObject with a kind, oldObject for DELETE.',
    remedy: 'Correct the field at the caret.',
  },
  GG322: {
    title: 'an object that cannot be in the inventory',
    explanation: 'data.inventory is ordered by apiVersion, kind, namespace and name; an object without apiVersion or kind has no place in it.',
    remedy: 'Complete the object.',
  },
  GG331: {
    title: 'a verdict that could not be reached',
    explanation: 'The rule ended without a result: it ran out of memory, met contradicting values, or called a builtin that is not supported. That is an error, never a pass.',
    remedy: 'See the message; if the template is from the catalogue, please report it with the object.',
  },
}
