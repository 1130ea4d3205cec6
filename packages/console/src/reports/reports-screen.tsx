export const ReportsScreen = () => <p className="p-5">Reports</p>
