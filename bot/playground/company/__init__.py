"""The example company: Faro, who sell dashboards to some sixty customers, with everything the data contract knows.

Made from a seed and relative to a day, written as the CSV files that any company would send, and loaded the same way.
"""
