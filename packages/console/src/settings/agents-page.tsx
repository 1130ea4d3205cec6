export const AgentsPage = () => <p className="p-5">x</p>
