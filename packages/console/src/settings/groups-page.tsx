export const GroupsPage = () => <p className="p-5">x</p>
