export const DepartmentsPage = () => <p className="p-5">x</p>
