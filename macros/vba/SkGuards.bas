Attribute VB_Name = "SkGuards"
Option Explicit

' What stands in front, and what stands in the way of a button. No Python is started for any of it.

Public Function SkBookKind() As String
    ' "none", "protected", "other", or the form that the workbook is: the value of its name meta_form.
    Dim form As String
    If ActiveWorkbook Is Nothing Then
        If SkInProtectedView() Then
            SkBookKind = "protected"
        Else
            SkBookKind = "none"
        End If
        Exit Function
    End If
    SkBookKind = "other"
    On Error GoTo NoForm
    form = CStr(ActiveWorkbook.Names("meta_form").RefersToRange.Value)
    If form <> "" Then SkBookKind = form
NoForm:
End Function

Public Function SkFits(tag As String) As Boolean
    ' Whether a button can be pressed. In protected view it can: the press says how to leave that view.
    Dim kind As String
    kind = SkBookKind()
    If kind = "protected" Then
        SkFits = True
    Else
        SkFits = SkListed(kind, SkPart(tag, "on"))
    End If
End Function

Public Function SkObstacle(tag As String) As String
    ' The key of the sentence that says why a button cannot work now, or "" when it can.
    Dim kind As String, needs As String
    kind = SkBookKind()
    needs = SkPart(tag, "needs")
    If kind = "protected" Then
        SkObstacle = "protected_view"
    ElseIf kind = "none" And Not SkFits(tag) Then
        SkObstacle = "no_workbook"
    ElseIf Not SkFits(tag) Then
        SkObstacle = "other_workbook"
    ElseIf kind <> "none" Then
        SkObstacle = SkBookObstacle(needs)
    End If
    If SkObstacle = "" Then SkObstacle = SkPythonObstacle()
End Function

Private Function SkBookObstacle(needs As String) As String
    If SkListed("writable", needs) Then
        If ActiveWorkbook.ReadOnly Then SkBookObstacle = "read_only"
    End If
    If SkListed("local", needs) Then
        If InStr(ActiveWorkbook.FullName, "://") > 0 Then SkBookObstacle = "web_address"
    End If
    If SkListed("saved", needs) Then
        If ActiveWorkbook.Path = "" Then SkBookObstacle = "never_saved"
    End If
    #If Mac Then
        If SkBookObstacle = "" And Not SkPlain(ActiveWorkbook.Name) Then SkBookObstacle = "accents_mac"
    #End If
End Function

Private Function SkPythonObstacle() As String
    Dim python As String
    #If Mac Then
        If GetConfig("INTERPRETER_MAC") = "" Then SkPythonObstacle = "not_installed"
    #Else
        python = GetConfig("INTERPRETER_WIN")
        If python = "" Then
            SkPythonObstacle = "not_installed"
        ElseIf Not SkPlain(python) Then
            SkPythonObstacle = "accents_python"
        ElseIf Not FileExists(python) Then
            SkPythonObstacle = "python_missing"
        End If
    #End If
End Function

Private Function SkInProtectedView() As Boolean
    ' macOS has no such view.
    #If Not Mac Then
        On Error Resume Next
        SkInProtectedView = Not Application.ActiveProtectedViewWindow Is Nothing
    #End If
End Function

Private Function SkPart(tag As String, name As String) As String
    ' "on:a,b|needs:c", "on" gives "a,b".
    Dim part As Variant
    For Each part In Split(tag, "|")
        If Left$(part, Len(name) + 1) = name & ":" Then SkPart = Mid$(part, Len(name) + 2)
    Next part
End Function

Private Function SkListed(word As String, list As String) As Boolean
    SkListed = InStr("," & list & ",", "," & word & ",") > 0
End Function

Public Function SkPlain(text As String) As Boolean
    ' Whether no letter carries an accent: what old interfaces below Excel can pass on.
    Dim i As Long, code As Long
    SkPlain = True
    For i = 1 To Len(text)
        code = AscW(Mid$(text, i, 1))
        If code < 32 Or code > 126 Then SkPlain = False
    Next i
End Function
