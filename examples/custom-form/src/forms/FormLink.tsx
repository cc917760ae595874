import { formShown } from '../session/appSlice';
import type { Form } from '../session/appSlice';
import { useAppDispatch } from '../session/store';

// Leads to another form.
export function FormLink({ form, children }: { form: Form; children: string }) {
  const dispatch = useAppDispatch();
  return (
    <button type="button" className="link" onClick={() => dispatch(formShown({ form }))}>
      {children}
    </button>
  );
}
