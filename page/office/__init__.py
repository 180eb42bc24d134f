"""The editors' side of the page: reports in and out, evals, readers' feedback.

Plain pages and forms beside Gradio, so that each action is one request with
one check of who sends it. Reading and encoding happen in processes of their
own (`jobs`), and questions go on being answered.
"""
