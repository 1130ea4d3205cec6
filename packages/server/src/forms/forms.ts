import {
  type DepartmentForm,
  type DepartmentFormView,
  type DepartmentId,
  fieldsProblem,
  languagesProblem,
} from '@beckon/protocol'
import type { AgentActor } from '../agents/actor.ts'
import type { Admin } from '../agents/change.ts'
import { knowsBrand } from '../agents/rights.ts'
import type { Department } from '../directory/directory.ts'
import { notThere, Refusal } from '../refusal.ts'
import { formOf } from './form.ts'
import { wordsOfFields } from './form-words.ts'

/** What each department asks and says in the panel. */
export function createForms({ directory, change }: Admin) {
  return {
    one(actor: AgentActor, id: DepartmentId): DepartmentFormView {
      const department = directory.now.departments.get(id)
      if (!department || !knowsBrand(actor, department.brandId)) throw notThere('department')
      return { departmentId: id, ...formOf(directory.now.forms, id) }
    },

    async update(
      actor: AgentActor,
      id: DepartmentId,
      patch: Partial<DepartmentForm>,
    ): Promise<DepartmentFormView> {
      const { brandId } = found(id)
      const whole = { ...formOf(directory.now.forms, id), ...patch }
      const { fields, texts, survey } = whole
      const languages = wordsOfFields(whole)
      const problem = fieldsProblem(fields) ?? languagesProblem({ fields, languages })
      if (problem) throw new Refusal('bad_input', problem)
      const form = {
        fields: JSON.stringify(fields),
        texts: JSON.stringify(texts),
        survey: JSON.stringify(survey),
        languages: JSON.stringify(languages),
      }
      const fact = { actor, type: 'department.changed', subjectId: id, brandId, data: patch }
      await change(fact, (tx) =>
        tx
          .insertInto('department_forms')
          .values({ department_id: id, ...form })
          .onConflict((conflict) => conflict.column('department_id').doUpdateSet(form))
          .execute(),
      )
      return this.one(actor, id)
    },
  }

  function found(id: DepartmentId): Department {
    const department = directory.now.departments.get(id)
    if (!department) throw notThere('department')
    return department
  }
}

export type Forms = ReturnType<typeof createForms>
